package dev.postroom.store;

import dev.postroom.blob.BlobId;
import dev.postroom.message.ScannedMessage;
import java.time.Instant;
import java.util.Set;

/** A message to be stored: its kept blob and what was read from it. */
public record NewMessage(
    BlobId blob, ScannedMessage scanned, Set<String> flags, Instant internalDate) {
  public NewMessage {
    flags = Set.copyOf(flags);
  }
}
