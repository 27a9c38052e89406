package dev.postroom.outbound;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Puts a message's octets into lines: every one ends with CRLF. A bare CR or LF becomes a CRLF (RFC
 * 5321 §2.3.8), so that nothing in a message can look like its end to a server that is less strict.
 */
final class MessageWriter extends OutputStream {
  private static final int BUFFER = 16 * 1024;

  private final OutputStream out;
  private final boolean doubleDots;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;
  private boolean atLineStart = true;
  private boolean afterCr;

  /**
   * @param doubleDots at the beginning of lines (RFC 5321 §4.5.2), for DATA
   */
  MessageWriter(OutputStream out, boolean doubleDots) {
    this.out = out;
    this.doubleDots = doubleDots;
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(octets[i]);
    }
  }

  @Override
  public void write(int octet) throws IOException {
    write((byte) octet);
  }

  private void write(byte octet) throws IOException {
    if (afterCr) {
      afterCr = false;
      endLine();
      if (octet == '\n') {
        return;
      }
    }
    switch (octet) {
      case '\r' -> afterCr = true;
      case '\n' -> endLine();
      case '.' -> {
        if (atLineStart && doubleDots) {
          put((byte) '.');
        }
        put(octet);
        atLineStart = false;
      }
      default -> {
        put(octet);
        atLineStart = false;
      }
    }
  }

  private void endLine() throws IOException {
    put((byte) '\r');
    put((byte) '\n');
    atLineStart = true;
  }

  private void put(byte octet) throws IOException {
    if (filled == buffer.length) {
      drain();
    }
    buffer[filled++] = octet;
  }

  private void drain() throws IOException {
    out.write(buffer, 0, filled);
    filled = 0;
  }

  /** Ends the last line if need be, and passes on what is left. */
  void end() throws IOException {
    if (afterCr || !atLineStart) {
      endLine();
    }
    drain();
  }
}
