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
import org.awaitility.Awaitility;

/**
 * A private Postfix on loopback, with STARTTLS: a server that nobody here wrote. It takes mail for
 * {@code ben@example.net} and keeps each message as it came in a file. It runs as root only.
 */
public final class Postfix implements AutoCloseable {
  private static final String SERVICES =
      """
      127.0.0.1:%d inet n - n - - smtpd
      cleanup unix n - n - 0 cleanup
      qmgr unix n - n 300 1 qmgr
      rewrite unix - - n - - trivial-rewrite
      bounce unix - - n - 0 bounce
      defer unix - - n - 0 bounce
      trace unix - - n - 0 bounce
      virtual unix - n n - - virtual
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
      inet_protocols = ipv4
      alias_maps =
      alias_database =
      local_recipient_maps =
      virtual_mailbox_domains = example.net
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
  private final int port;

  private Postfix(Path folder, int port) {
    this.folder = folder;
    this.port = port;
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
    // a short path that users other than ours may enter
    var folder = Files.createTempDirectory("postroom-postfix-");
    run("chmod", "755", folder.toString());
    var postfix = new Postfix(folder, freePort());
    postfix.configure(certificate);
    run("/usr/sbin/postfix", "-c", folder.resolve("conf").toString(), "start");
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(postfix::answers);
    return postfix;
  }

  private void configure(TestCertificates.Pair certificate)
      throws IOException, InterruptedException {
    for (var name : List.of("conf", "spool", "data", "mail")) {
      Files.createDirectory(folder.resolve(name));
    }
    run("chown", "postfix", folder.resolve("data").toString(), folder.resolve("mail").toString());
    int user = (int) Files.getAttribute(folder.resolve("mail"), "unix:uid");
    int group = number("id", "-g", "postfix");
    Files.writeString(folder.resolve("mailboxes"), "ben@example.net ben/\n");
    Files.writeString(folder.resolve("conf/master.cf"), SERVICES.formatted(port));
    Files.writeString(
        folder.resolve("conf/main.cf"),
        SETTINGS.formatted(
            folder,
            user,
            group,
            certificate.key().toAbsolutePath(),
            certificate.chain().toAbsolutePath()));
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
    try (var socket = new Socket("127.0.0.1", port)) {
      return socket.getInputStream().read() == '2';
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What a route takes. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** The messages it has delivered, with the fields that it added on top, line ends being LF. */
  public List<String> messages() {
    var arrived = folder.resolve("mail/ben/new");
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
