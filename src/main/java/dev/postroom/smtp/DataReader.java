package dev.postroom.smtp;

import dev.postroom.mail.BodyType;
import dev.postroom.net.Wire;
import dev.postroom.net.WireTimeoutException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message off the wire to its end, whatever happens: what is too large, or cannot be
 * written, is still read, so that the conversation can go on. Holds one buffer in memory.
 */
final class DataReader {
  private static final int BUFFER = 16 * 1024;

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
  private final DataDecoder decoder;
  private final byte[] buffer = new byte[BUFFER];
  private long size;
  private @Nullable Exception failure;

  private DataReader(Wire wire, DataDecoder decoder, long maxSize, Duration timeout) {
    this.wire = wire;
    this.decoder = decoder;
    this.maxSize = maxSize;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /** For DATA: one {@link #read} to the final dot. */
  static DataReader untilDot(Wire wire, SmtpConfig config) {
    return of(wire, DataDecoder.untilDot(), config);
  }

  /** For BDAT: a {@link #readChunk} for each, then {@link #finish}. */
  static DataReader ofChunks(Wire wire, SmtpConfig config, BodyType body) {
    boolean binary = body == BodyType.BINARY_MIME;
    return of(wire, binary ? DataDecoder.ofBinaryChunks() : DataDecoder.ofChunks(), config);
  }

  private static DataReader of(Wire wire, DataDecoder decoder, SmtpConfig config) {
    return new DataReader(
        wire, decoder, config.maxMessageSize().asLongValue(), config.dataTimeout());
  }

  /**
   * @param to gets the message, at most the largest size; its exceptions are kept for the result
   * @throws IOException when the wire fails, or the client does not come to an end
   */
  Received read(OutputStream to) throws IOException {
    while (!decoder.hasEnded()) {
      take(BUFFER, to);
    }
    return received();
  }

  /**
   * @param octets exactly so many are read
   * @param to as in {@link #read}
   * @throws IOException as in {@link #read}
   */
  void readChunk(long octets, OutputStream to) throws IOException {
    long left = octets;
    while (left > 0) {
      left -= take((int) Math.min(left, BUFFER), to);
    }
  }

  /** After the last chunk. */
  void finish(OutputStream to) {
    decoder.finish();
    write(to);
  }

  private int take(int most, OutputStream to) throws IOException {
    var input = wire.peek();
    int available = Math.min(input.remaining(), most);
    input.get(buffer, 0, available);
    int taken = decoder.decode(buffer, available);
    wire.consume(taken);
    write(to);
    bePatient();
    return taken;
  }

  Received received() {
    return new Received(size, size > maxSize, decoder.strays(), failure);
  }

  private void write(OutputStream to) {
    size += decoder.length();
    if (size > maxSize || failure != null) {
      return;
    }
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
