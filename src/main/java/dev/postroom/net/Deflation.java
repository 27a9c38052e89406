package dev.postroom.net;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses what is sent (RFC 4978, RFC 1951). The conversation's thread only.
 *
 * <p>A compressor takes a quarter of a megabyte, so there is none while nothing is under way: after
 * a flush the octets sent so far are whole, and another one may go on where the last stopped.
 */
final class Deflation {
  private static final int LEVEL = 6;
  private static final int STEP = 4096;

  private @Nullable Deflater deflater;
  private boolean inMidst;

  /** What is to be sent for these octets; all of it and what was held back, when {@code flush}. */
  byte[] compress(byte[] octets, int length, boolean flush) {
    if (length == 0 && !(flush && inMidst)) {
      return new byte[0];
    }
    var compressor = compressor();
    compressor.setInput(octets, 0, length);
    var compressed = new ByteArrayOutputStream();
    var step = new byte[STEP];
    int mode = flush ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
    int made;
    do {
      made = compressor.deflate(step, 0, STEP, mode);
      compressed.write(step, 0, made);
    } while (made == STEP);
    inMidst = !flush;
    return compressed.toByteArray();
  }

  private Deflater compressor() {
    var compressor = deflater;
    if (compressor == null) {
      compressor = new Deflater(LEVEL, true);
      deflater = compressor;
    }
    return compressor;
  }

  /** Gives the memory back; what follows is compressed without a look at what was before. */
  void rest() {
    if (deflater != null && !inMidst) {
      end();
    }
  }

  void end() {
    if (deflater != null) {
      deflater.end();
      deflater = null;
    }
  }
}
