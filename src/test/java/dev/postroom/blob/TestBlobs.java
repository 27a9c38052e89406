package dev.postroom.blob;

import dev.postroom.testing.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** A real blob store for tests without the application. */
public final class TestBlobs {
  private TestBlobs() {}

  public static Blobs in(Path directory) throws IOException {
    var config = Settings.of(BlobConfig.class, "postroom.blob.directory", directory.toString());
    var blobs = new LocalBlobs(config, Clock.systemUTC());
    blobs.prepare();
    return blobs;
  }

  public static BlobId keep(Blobs blobs, String content) throws IOException {
    try (var writer = blobs.write()) {
      writer.write(content.getBytes(StandardCharsets.ISO_8859_1));
      return writer.keep();
    }
  }
}
