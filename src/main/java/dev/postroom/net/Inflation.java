package dev.postroom.net;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses what is received (RFC 4978, RFC 1951), a bounded piece at a time and only when it is
 * asked for: a few octets may stand for very many. The conversation's thread only.
 */
final class Inflation {
  static final int PIECE = 8192;

  private final Inflater inflater = new Inflater(true);
  private boolean pieceWasFull;
  private boolean over;

  void add(ByteBuffer compressed) {
    inflater.setInput(compressed);
  }

  /** Whether {@link #next} has something to say without {@link #add}. */
  boolean hasMore() {
    return over || pieceWasFull || !inflater.needsInput();
  }

  /**
   * The next octets; perhaps none.
   *
   * @throws WireClosedException when nothing sensible can follow
   */
  ByteBuffer next() throws WireClosedException {
    if (over) {
      throw new WireClosedException("what the other side compressed is broken or at its end");
    }
    var piece = new byte[PIECE];
    int length = 0;
    try {
      length = inflater.inflate(piece);
      over = inflater.finished() || inflater.needsDictionary();
    } catch (DataFormatException _) {
      over = true;
    }
    pieceWasFull = length == PIECE;
    return ByteBuffer.wrap(piece, 0, length);
  }

  void end() {
    over = true;
    inflater.end();
  }
}
