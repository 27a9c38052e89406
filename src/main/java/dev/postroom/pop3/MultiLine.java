package dev.postroom.pop3;

import dev.postroom.net.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Sends a message as the body of a multi-line response (RFC 1939 §3): lines end with CRLF, those
 * that begin with a dot get another one, a dot alone ends it. Octets with CRLF line ends arrive as
 * they are stored.
 */
final class MultiLine {
  private static final int BUFFER_SIZE = 8192;
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] DOT = {'.'};
  private static final byte[] END = ".\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Wire wire;
  private boolean atLineStart = true;
  private boolean afterCr;
  private boolean lineIsEmpty = true;
  private boolean inBody;
  private int bodyLinesLeft;

  /**
   * @param bodyLines how many lines of the body follow the header (RFC 1939 §7, TOP)
   */
  private MultiLine(Wire wire, int bodyLines) {
    this.wire = wire;
    this.bodyLinesLeft = bodyLines;
  }

  static void sendWhole(InputStream message, Wire wire) throws IOException {
    new MultiLine(wire, Integer.MAX_VALUE).send(message);
  }

  static void sendTop(InputStream message, int bodyLines, Wire wire) throws IOException {
    new MultiLine(wire, bodyLines).send(message);
  }

  private void send(InputStream message) throws IOException {
    var buffer = new byte[BUFFER_SIZE];
    while (!isDone()) {
      int length = message.read(buffer);
      if (length < 0) {
        break;
      }
      send(buffer, length);
    }
    if (!atLineStart) {
      wire.write(CRLF);
    }
    wire.write(END);
  }

  private boolean isDone() {
    return inBody && bodyLinesLeft == 0;
  }

  private void send(byte[] octets, int length) throws IOException {
    int sent = 0;
    for (int at = 0; at < length && !isDone(); at++) {
      byte octet = octets[at];
      if (octet == '.' && atLineStart) {
        wire.write(octets, sent, at - sent);
        wire.write(DOT);
        sent = at;
      }
      if (octet == '\n' && !afterCr) {
        wire.write(octets, sent, at - sent);
        wire.write(CRLF);
        sent = at + 1;
      }
      pass(octet);
      if (isDone()) {
        wire.write(octets, sent, at + 1 - sent);
        return;
      }
    }
    wire.write(octets, sent, length - sent);
  }

  private void pass(byte octet) {
    atLineStart = octet == '\n';
    if (atLineStart) {
      endLine();
    } else if (octet != '\r') {
      lineIsEmpty = false;
    }
    afterCr = octet == '\r';
  }

  private void endLine() {
    if (inBody) {
      bodyLinesLeft--;
    } else {
      inBody = lineIsEmpty;
    }
    lineIsEmpty = true;
  }
}
