package dev.postroom.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the application under test stands on: a real MariaDB, a DNS server, a folder for blobs. */
public final class PostroomServer implements QuarkusTestResourceLifecycleManager {
  private static MariaDb database;
  private static DnsServer dns;

  /** The database of the running application, for tests that take it away. */
  public static MariaDb database() {
    return database;
  }

  /** The DNS server that the running application asks; tests add their own names. */
  public static DnsServer dns() {
    return dns;
  }

  @Override
  public Map<String, String> start() {
    try {
      database = MariaDb.start();
      dns = DnsServer.start();
      var settings = new HashMap<>(database.settings());
      settings.put("postroom.dns.servers", dns.address());
      var blobs = Files.createTempDirectory(Path.of("target"), "blobs-");
      settings.put("postroom.blob.directory", blobs.toAbsolutePath().toString());
      return settings;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void stop() {
    dns.close();
    database.close();
  }
}
