package dev.postroom.imap;

import dev.postroom.blob.BlobWriter;
import dev.postroom.blob.Blobs;
import dev.postroom.message.MessageScanner;
import dev.postroom.store.NewMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way in: the blob and the scanner side by side. When writing fails, the rest of
 * the literal is still read, so that none of it is taken for commands; {@link #keep} then tells.
 */
final class IncomingMessage extends OutputStream {
  private final Set<String> flags;
  private final @Nullable Instant internalDate;
  private final MessageScanner scanner = new MessageScanner();
  private @Nullable BlobWriter blob;
  private @Nullable Exception failure;
  private long size;

  /**
   * @param internalDate null for the moment when it is kept
   */
  IncomingMessage(Blobs blobs, Set<String> flags, @Nullable Instant internalDate) {
    this.flags = flags;
    this.internalDate = internalDate;
    try {
      blob = blobs.write();
    } catch (IOException failed) {
      failure = failed;
    }
  }

  /** Octets so far. */
  long size() {
    return size;
  }

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) {
    size += length;
    var to = blob;
    if (to == null || failure != null) {
      return;
    }
    try {
      scanner.write(octets, offset, length);
      to.write(octets, offset, length);
    } catch (IOException | RuntimeException failed) {
      failure = failed;
    }
  }

  /** Makes its octets durable. Any thread, once. */
  NewMessage keep(Instant now) throws IOException {
    if (failure != null) {
      throw new IOException("the message could not be written", failure);
    }
    var id = Objects.requireNonNull(blob).keep();
    var date = internalDate == null ? now : internalDate;
    return new NewMessage(id, scanner.finish(), flags, date);
  }

  @Override
  public void close() throws IOException {
    if (blob != null) {
      blob.close();
    }
  }
}
