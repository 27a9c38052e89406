package dev.postroom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A private Postfix on loopback, with STARTTLS: a server that nobody here wrote. It takes mail for
 * {@code ben@example.net} and keeps each message as it came in a file. It runs as root only.
 */
public final class Postfix implements AutoCloseable {
  private static final String SERVICES =
      """
      %s:%d inet n - n - - smtpd
      cleanup unix n - n - 0 cleanup
      qmgr unix n - n 300 1 qmgr
      rewrite unix - - n - - trivial-rewrite
      bounce unix - - n - 0 bounce
      defer unix - - n - 0 bounce
      trace unix - - n - 0 bounce
      virtual unix - n n - - virtual
      smtp unix - - n - - smtp
      lmtp unix - - n - - lmtp
      error unix - - n - - error
      retry unix - - n - - error
      tlsmgr unix - - n 1000? 1 tlsmgr
      proxymap unix - - n - - proxymap
      anvil unix - - n - 1 anvil
      postlog unix-dgram n - n - 1 postlogd
      """;
  private static final String SETTINGS =
      """
      compatibility_level = 3.6
      queue_directory = %1$s/spool
      data_directory = %1$s/data
      maillog_file = %1$s/log
      maillog_file_prefixes = %1$s
      myhostname = postfix.example
      mydestination =
      local_header_rewrite_clients =
      inet_interfaces = 127.0.0.1
      mynetworks = 127.0.0.0/8
      transport_maps = texthash:%1$s/transports
      smtp_tls_security_level = may
      inet_protocols = ipv4
      alias_maps =
      alias_database =
      local_recipient_maps =
      virtual_mailbox_domains = %6$s
      virtual_mailbox_base = %1$s/mail
      virtual_mailbox_maps = texthash:%1$s/mailboxes
      virtual_uid_maps = static:%2$d
      virtual_gid_maps = static:%3$d
      virtual_minimum_uid = 1
      message_size_limit = 30000000
      smtpd_tls_security_level = may
      smtpd_tls_chain_files = %4$s, %5$s
      """;

  private final Path folder;
  private final String host;
  private final int port;
  private final String domain;

  private Postfix(Path folder, String host, int port, String domain) {
    this.folder = folder;
    this.host = host;
    this.port = port;
    this.domain = domain;
  }

  public static boolean canRun() {
    return Files.isExecutable(Path.of("/usr/sbin/postfix"))
        && "root".equals(System.getProperty("user.name"));
  }

  /**
   * @param certificate what it shows after STARTTLS
   */
  public static Postfix start(TestCertificates.Pair certificate)
      throws IOException, InterruptedException {
    return start(certificate, "127.0.0.1", freePort(), "example.net", Map.of());
  }

  /**
   * @param host the loopback address to listen on
   * @param domain whose mail it takes, for {@code ben} and {@code j&ouml;rg}
   * @param transports where it sends mail for other domains, as its transport table says it
   */
  public static Postfix start(
      TestCertificates.Pair certificate,
      String host,
      int port,
      String domain,
      Map<String, String> transports)
      throws IOException, InterruptedException {
    // a short path that users other than ours may enter
    var folder = Files.createTempDirectory("postroom-postfix-");
    run("chmod", "755", folder.toString());
    var postfix = new Postfix(folder, host, port, domain);
    postfix.configure(certificate, transports);
    run("/usr/sbin/postfix", "-c", folder.resolve("conf").toString(), "start");
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(postfix::answers);
    return postfix;
  }

  private void configure(TestCertificates.Pair certificate, Map<String, String> transports)
      throws IOException, InterruptedException {
    for (var name : List.of("conf", "spool", "data", "mail")) {
      Files.createDirectory(folder.resolve(name));
    }
    run("chown", "postfix", folder.resolve("data").toString(), folder.resolve("mail").toString());
    int user = (int) Files.getAttribute(folder.resolve("mail"), "unix:uid");
    int group = number("id", "-g", "postfix");
    Files.writeString(
        folder.resolve("mailboxes"), "ben@%1$s ben/\nj\u00f6rg@%1$s joerg/\n".formatted(domain));
    Files.writeString(
        folder.resolve("transports"),
        transports.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
            .collect(Collectors.joining()));
    Files.writeString(folder.resolve("conf/master.cf"), SERVICES.formatted(host, port));
    Files.writeString(
        folder.resolve("conf/main.cf"),
        SETTINGS.formatted(
            folder,
            user,
            group,
            certificate.key().toAbsolutePath(),
            certificate.chain().toAbsolutePath(),
            domain));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static int number(String... command) throws IOException {
    var process = new ProcessBuilder(command).start();
    return Integer.parseInt(
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + output);
    }
  }

  private boolean answers() {
    try (var socket = new Socket(host, port)) {
      return socket.getInputStream().read() == '2';
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What a route takes. */
  public String address() {
    return host + ":" + port;
  }

  /** The messages it has delivered, with the fields that it added on top, line ends being LF. */
  public List<String> messages() {
    return messages("ben");
  }

  /**
   * @param mailbox {@code ben} or {@code joerg}
   */
  public List<String> messages(String mailbox) {
    var arrived = folder.resolve("mail/" + mailbox + "/new");
    if (!Files.isDirectory(arrived)) {
      return List.of();
    }
    try (var files = Files.list(arrived)) {
      return files.map(Postfix::content).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public String log() {
    return content(folder.resolve("log"));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("/usr/sbin/postfix", "-c", folder.resolve("conf").toString(), "stop");
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    }
  }
}
