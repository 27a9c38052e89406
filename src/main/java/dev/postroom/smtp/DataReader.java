package dev.postroom.smtp;

import dev.postroom.net.Wire;
import dev.postroom.net.WireTimeoutException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message off the wire, up to its final dot, whatever happens: what is too large, or cannot
 * be written, is still read, so that the conversation can go on. Holds one chunk in memory.
 */
final class DataReader {
  private static final int CHUNK = 16 * 1024;

  /** A client that sends this many times the largest message is not waited for any longer. */
  private static final int PATIENCE = 4;

  /**
   * What was read.
   *
   * @param size octets of the message, also of one that was too large
   * @param tooLarge more than the limit: what was written is not the whole message
   * @param strays bare CRs and LFs, which were made harmless
   * @param failure why writing failed, null when it did not
   */
  record Received(long size, boolean tooLarge, long strays, @Nullable Exception failure) {}

  private final Wire wire;
  private final long maxSize;
  private final long deadline;
  private final DataDecoder decoder = new DataDecoder();
  private final byte[] chunk = new byte[CHUNK];
  private long size;
  private @Nullable Exception failure;

  DataReader(Wire wire, long maxSize, Duration timeout) {
    this.wire = wire;
    this.maxSize = maxSize;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /**
   * @param to gets the message, at most the largest size; its exceptions are kept for the result
   * @throws IOException when the wire fails, or the client does not come to an end
   */
  Received read(OutputStream to) throws IOException {
    while (!decoder.hasEnded()) {
      var input = wire.peek();
      int available = Math.min(input.remaining(), CHUNK);
      input.get(chunk, 0, available);
      wire.consume(decoder.decode(chunk, available));
      size += decoder.length();
      if (size <= maxSize && failure == null) {
        write(to);
      }
      bePatient();
    }
    return new Received(size, size > maxSize, decoder.strays(), failure);
  }

  private void write(OutputStream to) {
    try {
      to.write(decoder.octets(), 0, decoder.length());
    } catch (IOException | RuntimeException failed) {
      failure = failed;
    }
  }

  private void bePatient() throws WireTimeoutException {
    if (System.nanoTime() - deadline > 0 || size / PATIENCE > maxSize) {
      throw new WireTimeoutException("a message without end");
    }
  }
}
