package dev.postroom.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A private Knot DNS on loopback that signs its zones: a DNSSEC that nobody here wrote. Below the
 * zone {@code test}, which is the trust anchor, {@code signed.test} is signed, {@code plain.test}
 * is not, and {@code bogus.test} is signed with a key that its parent does not know.
 */
public final class Knot implements AutoCloseable {
  private static final String SIGNED = "signed.test";
  private static final String BOGUS = "bogus.test";
  private static final List<String> ZONES = List.of("test", "plain.test", SIGNED, BOGUS);

  private static final String SETTINGS =
      """
      server:
          rundir: "%1$s"
          listen: 127.0.0.1@%2$d
      database:
          storage: "%1$s"
      log:
        - target: "%1$s/log"
          any: info
      policy:
        - id: quick
          algorithm: ecdsap256sha256
          manual: on
          nsec3: on
          single-type-signing: on
          rrsig-lifetime: 14d
          rrsig-refresh: 7d
      template:
        - id: default
          storage: "%1$s"
          zonefile-sync: -1
          zonefile-load: whole
          journal-content: none
      zone:
        - domain: test
          file: test.zone
          dnssec-signing: on
          dnssec-policy: quick
        - domain: plain.test
          file: plain.zone
        - domain: signed.test
          file: signed.zone
          dnssec-signing: on
          dnssec-policy: quick
        - domain: bogus.test
          file: bogus.zone
          dnssec-signing: on
          dnssec-policy: quick
      """;
  private static final String HEAD =
      """
      $ORIGIN %s.
      $TTL 1
      @ SOA ns.%1$s. hostmaster.%1$s. 1 60 60 3600 1
      @ NS ns.%1$s.
      ns A 127.0.0.1
      """;

  private final Path folder;
  private final int port;
  private Process process;

  private Knot(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  public static boolean canRun() {
    return Files.isExecutable(Path.of("/usr/sbin/knotd"))
        && Files.isExecutable(Path.of("/usr/sbin/keymgr"));
  }

  /**
   * @param signed lines of the zone {@code signed.test}
   * @param plain lines of the zone {@code plain.test}
   * @param bogus lines of the zone {@code bogus.test}
   */
  public static Knot start(List<String> signed, List<String> plain, List<String> bogus)
      throws IOException, InterruptedException {
    var knot = new Knot(Files.createTempDirectory("postroom-knot-"), freePort());
    knot.configure(signed, plain, bogus);
    knot.launch();
    return knot;
  }

  private void configure(List<String> signed, List<String> plain, List<String> bogus)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("knot.conf"), SETTINGS.formatted(folder, port));
    zone("signed.zone", SIGNED, signed);
    zone("plain.zone", "plain.test", plain);
    zone("bogus.zone", BOGUS, bogus);
    for (var zone : List.of("test", SIGNED, BOGUS)) {
      keymgr(zone, "generate", "algorithm=ecdsap256sha256", "ksk=yes", "zsk=yes");
    }
    var parent = new ArrayList<String>();
    for (var child : List.of("signed", "plain", "bogus")) {
      parent.add(child + " NS ns." + child);
      parent.add("ns." + child + " A 127.0.0.1");
    }
    // the delegation without DS is what makes plain.test insecure, and not bogus
    keymgr(SIGNED, "ds").lines().forEach(parent::add);
    keymgr(SIGNED, "ds").lines().map(ds -> ds.replace(SIGNED, BOGUS)).forEach(parent::add);
    zone("test.zone", "test", parent);
    Files.writeString(trustAnchors(), keymgr("test", "ds"));
  }

  private void zone(String file, String name, List<String> lines) throws IOException {
    Files.writeString(folder.resolve(file), HEAD.formatted(name) + String.join("\n", lines) + "\n");
  }

  private String keymgr(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("/usr/sbin/keymgr", "-c"));
    command.add(folder.resolve("knot.conf").toString());
    command.addAll(List.of(arguments));
    var running =
        new ProcessBuilder(command).redirectError(folder.resolve("keymgr.log").toFile()).start();
    var output = new String(running.getInputStream().readAllBytes());
    if (running.waitFor() != 0) {
      throw new IOException(command + ": " + Files.readString(folder.resolve("keymgr.log")));
    }
    return output;
  }

  private void launch() throws IOException {
    process =
        new ProcessBuilder("/usr/sbin/knotd", "-c", folder.resolve("knot.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::answers);
  }

  private boolean answers() throws IOException {
    var log = Files.exists(folder.resolve("log")) ? log() : "";
    return ZONES.stream().allMatch(zone -> log.contains("[" + zone + ".] loaded, serial"))
        && log.contains("server started");
  }

  /** What {@code postroom.dns.trust-anchors} takes. */
  public Path trustAnchors() {
    return folder.resolve("anchors");
  }

  /** What {@code postroom.dns.servers} takes. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  public String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
