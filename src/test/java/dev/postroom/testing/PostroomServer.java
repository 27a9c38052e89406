package dev.postroom.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the application under test stands on: a real MariaDB, a DNS server, another mail server,
 * certificates, a folder for blobs.
 */
public final class PostroomServer implements QuarkusTestResourceLifecycleManager {
  private static MariaDb database;
  private static DnsServer dns;
  private static SmtpPartner partner;
  private static TestCertificates certificates;

  /** The database of the running application, for tests that take it away. */
  public static MariaDb database() {
    return database;
  }

  /** The DNS server that the running application asks; tests add their own names. */
  public static DnsServer dns() {
    return dns;
  }

  /**
   * The other mail server: every host that {@link #dns} has at 127.0.0.1 is this one. All tests
   * share it, so look for your own recipients.
   */
  public static SmtpPartner partner() {
    return partner;
  }

  /** The authority behind the certificate of {@code mail.postroom.test}. */
  public static TestCertificates certificates() {
    return certificates;
  }

  @Override
  public Map<String, String> start() {
    try {
      database = MariaDb.start();
      dns = DnsServer.start();
      var settings = new HashMap<>(database.settings());
      settings.put("postroom.dns.servers", dns.address());
      partner = SmtpPartner.start();
      settings.put("postroom.outbound.port", String.valueOf(partner.port()));
      var blobs = Files.createTempDirectory(Path.of("target"), "blobs-");
      settings.put("postroom.blob.directory", blobs.toAbsolutePath().toString());
      settings.putAll(certificateSettings());
      return settings;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static Map<String, String> certificateSettings() throws IOException {
    var folder = Files.createTempDirectory(Path.of("target"), "certificates-");
    certificates = new TestCertificates(folder.toAbsolutePath());
    var pair = certificates.issue("server", "mail.postroom.test");
    return Map.of(
        "postroom.tls.certificates[0].chain", pair.chain().toString(),
        "postroom.tls.certificates[0].key", pair.key().toString(),
        "quarkus.http.ssl.certificate.files", pair.chain().toString(),
        "quarkus.http.ssl.certificate.key-files", pair.key().toString());
  }

  @Override
  public void stop() {
    dns.close();
    partner.close();
    database.close();
  }
}
