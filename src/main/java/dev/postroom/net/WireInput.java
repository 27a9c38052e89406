package dev.postroom.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The conversation's end of an {@link InputQueue}: lines and octets. Its thread only. */
final class WireInput {
  /** So much of a line that is too long is read past; who sends more is left. */
  static final int MAX_DROPPED = 1024 * 1024;

  private static final byte LF = '\n';
  private static final byte CR = '\r';
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final InputQueue queue;
  private final Wire.Duty beforeWaiting;
  private ByteBuffer current = NOTHING;
  private @Nullable Inflation inflation;

  WireInput(InputQueue queue, Wire.Duty beforeWaiting) {
    this.queue = queue;
    this.beforeWaiting = beforeWaiting;
  }

  /** See {@link Wire#readLine}. */
  Wire.Line readLine(int maxOctets, Duration patience) throws IOException {
    long deadline = deadline(patience);
    fill(deadline);
    int lf = find(LF);
    if (lf >= 0 && lf < maxOctets) {
      return line(take(lf + 1));
    }
    return lineInPieces(maxOctets, deadline);
  }

  /** A line that is not in one piece, or too long. */
  private Wire.Line lineInPieces(int maxOctets, long deadline) throws IOException {
    var pieces = new ByteArrayOutputStream();
    boolean tooLong = false;
    int dropped = 0;
    while (true) {
      fill(deadline);
      int lf = find(LF);
      int length = lf < 0 ? current.remaining() : lf + 1;
      tooLong |= pieces.size() + length > maxOctets;
      if (tooLong) {
        consume(length);
        dropped += length;
      } else {
        pieces.writeBytes(take(length));
      }
      if (dropped > MAX_DROPPED) {
        throw new WireClosedException("a line does not end");
      }
      if (lf >= 0 && tooLong) {
        throw new LineTooLongException("a line of more than " + maxOctets + " octets");
      }
      if (lf >= 0) {
        return line(pieces.toByteArray());
      }
    }
  }

  private static Wire.Line line(byte[] withEnd) {
    int end = withEnd.length - 1;
    boolean crlf = end > 0 && withEnd[end - 1] == CR;
    return new Wire.Line(Arrays.copyOf(withEnd, crlf ? end - 1 : end), crlf);
  }

  /** How far away an octet is in the current chunk; -1 when it is not there. */
  private int find(byte octet) {
    for (int at = current.position(); at < current.limit(); at++) {
      if (current.get(at) == octet) {
        return at - current.position();
      }
    }
    return -1;
  }

  private byte[] take(int length) {
    var octets = new byte[length];
    current.get(octets);
    return octets;
  }

  private void fill(long deadline) throws IOException {
    while (!current.hasRemaining()) {
      current = NOTHING;
      if (inflation != null && inflation.hasMore()) {
        current = inflation.next();
        continue;
      }
      if (!queue.hasAny()) {
        beforeWaiting.perform();
      }
      received(queue.take(deadline));
    }
  }

  private void received(ByteBuffer chunk) {
    if (inflation == null) {
      current = chunk;
    } else {
      inflation.add(chunk);
    }
  }

  /** What has not been read yet, and all that follows, is compressed. */
  void inflate() {
    inflation = new Inflation();
    inflation.add(current);
    current = NOTHING;
  }

  /** Nothing more is read. */
  void end() {
    if (inflation != null) {
      inflation.end();
    }
  }

  private static long deadline(Duration patience) {
    return System.nanoTime() + patience.toNanos();
  }

  /** See {@link Wire#peek}. */
  ByteBuffer peek(Duration patience) throws IOException {
    fill(deadline(patience));
    return current.asReadOnlyBuffer();
  }

  void consume(int octets) {
    current.position(current.position() + octets);
  }

  boolean hasAny() {
    return inflation == null ? current.hasRemaining() || queue.hasAny() : hasAny(inflation);
  }

  /** Compressed octets may stand for nothing yet. */
  private boolean hasAny(Inflation compressed) {
    while (!current.hasRemaining()) {
      if (compressed.hasMore()) {
        try {
          current = compressed.next();
        } catch (WireClosedException _) {
          return true; // who reads will hear of it
        }
      } else if (queue.poll() instanceof ByteBuffer chunk) {
        compressed.add(chunk);
      } else {
        return false;
      }
    }
    return true;
  }

  /** See {@link Wire#await}. */
  Wire.Wakeup await(Duration atMost) throws IOException {
    long deadline = deadline(atMost);
    while (!hasAny()) {
      beforeWaiting.perform();
      var wakeup = queue.await(Duration.ofNanos(deadline - System.nanoTime()));
      if (wakeup != Wire.Wakeup.INPUT) {
        return wakeup;
      }
    }
    return Wire.Wakeup.INPUT;
  }

  /** Forgets what was taken from the queue and not yet read. */
  void forget() {
    current = NOTHING;
  }
}
