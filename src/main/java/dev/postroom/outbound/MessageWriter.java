package dev.postroom.outbound;

import dev.postroom.net.Wire;
import java.io.IOException;

/**
 * Puts a message's octets into the form of RFC 5321 §4.5.2: every line ends with CRLF, a dot at its
 * beginning is doubled. A bare CR or LF becomes a CRLF (§2.3.8), so that nothing in a message can
 * look like its end to a server that is less strict.
 */
final class MessageWriter {
  private static final int BUFFER = 16 * 1024;
  private static final byte[] END = {'.', '\r', '\n'};

  private final Wire wire;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;
  private boolean atLineStart = true;
  private boolean afterCr;

  MessageWriter(Wire wire) {
    this.wire = wire;
  }

  void write(byte[] octets, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      write(octets[i]);
    }
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
        if (atLineStart) {
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
    wire.write(buffer, 0, filled);
    filled = 0;
  }

  /** Ends the last line if need be, and the message (RFC 5321 §4.1.1.4). */
  void end() throws IOException {
    if (afterCr || !atLineStart) {
      endLine();
    }
    drain();
    wire.write(END);
  }
}
