package dev.postroom.imap;

import dev.postroom.blob.Blob;
import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** The octets of one message; its blob is opened when the first of them is asked for. */
final class MessageOctets implements AutoCloseable {
  private final Blobs blobs;
  private final @Nullable BlobId id;
  private @Nullable Blob blob;

  /**
   * @param id null when the index has no blob for it: reading fails then
   */
  MessageOctets(Blobs blobs, @Nullable BlobId id) {
    this.blobs = blobs;
    this.id = id;
  }

  private Blob open() throws IOException {
    var opened = blob;
    if (opened == null) {
      if (id == null) {
        throw new NoSuchFileException("the blob of a message");
      }
      opened = blobs.open(id);
      blob = opened;
    }
    return opened;
  }

  long size() throws IOException {
    return open().size();
  }

  InputStream read(long offset, long length) throws IOException {
    return open().read(offset, length);
  }

  /** At most {@code limit} octets of a range, in memory. */
  byte[] held(long offset, long length, int limit) throws IOException {
    try (var in = read(offset, Math.min(length, limit))) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    if (blob != null) {
      blob.close();
    }
  }
}
