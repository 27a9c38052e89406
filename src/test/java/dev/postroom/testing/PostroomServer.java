package dev.postroom.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the application under test stands on: a real MariaDB and a folder for blobs. */
public final class PostroomServer implements QuarkusTestResourceLifecycleManager {
  private static MariaDb database;

  /** The database of the running application, for tests that take it away. */
  public static MariaDb database() {
    return database;
  }

  @Override
  public Map<String, String> start() {
    try {
      database = MariaDb.start();
      var settings = new HashMap<>(database.settings());
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
    database.close();
  }
}
