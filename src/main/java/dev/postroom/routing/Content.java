package dev.postroom.routing;

import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import dev.postroom.message.ScannedMessage;
import java.io.IOException;

/**
 * What a message consists of: kept as a blob, and read once.
 *
 * @param eightBit it has octets above 127 (RFC 6152)
 */
public record Content(BlobId blob, ScannedMessage scanned, boolean eightBit) {
  /** Octets. */
  public long size() {
    return scanned.summary().size();
  }

  /** Reads a blob that was kept before. */
  public static Content of(BlobId id, Blobs blobs) throws IOException {
    try (var blob = blobs.open(id);
        var octets = blob.read()) {
      var reader = new ContentReader();
      octets.transferTo(reader);
      return reader.finish(id);
    }
  }
}
