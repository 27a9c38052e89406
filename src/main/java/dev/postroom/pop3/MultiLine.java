package dev.postroom.pop3;

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

  /** Where the octets go. */
  @FunctionalInterface
  interface Sink {
    void write(byte[] octets, int offset, int length) throws IOException;
  }

  private final Sink sink;
  private boolean atLineStart = true;
  private boolean afterCr;
  private boolean lineIsEmpty = true;
  private boolean inBody;
  private int bodyLinesLeft;

  /**
   * @param bodyLines how many lines of the body follow the header (RFC 1939 §7, TOP)
   */
  private MultiLine(Sink sink, int bodyLines) {
    this.sink = sink;
    this.bodyLinesLeft = bodyLines;
  }

  static void sendWhole(InputStream message, Sink sink) throws IOException {
    new MultiLine(sink, Integer.MAX_VALUE).sendLines(message);
  }

  static void sendTop(InputStream message, int bodyLines, Sink sink) throws IOException {
    new MultiLine(sink, bodyLines).send(message);
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
      write(CRLF);
    }
    write(END);
  }

  /** The whole message: nothing but line ends and dots after them needs a look. */
  private void sendLines(InputStream message) throws IOException {
    var buffer = new byte[BUFFER_SIZE];
    for (int length = message.read(buffer); length >= 0; length = message.read(buffer)) {
      sendLines(buffer, length);
    }
    if (!atLineStart) {
      write(CRLF);
    }
    write(END);
  }

  private void sendLines(byte[] octets, int length) throws IOException {
    int sent = 0;
    if (atLineStart && length > 0 && octets[0] == '.') {
      write(DOT);
    }
    for (int at = 0; at < length; at++) {
      if (octets[at] != '\n') {
        continue;
      }
      if (at > 0 ? octets[at - 1] != '\r' : !afterCr) {
        sink.write(octets, sent, at - sent);
        write(CRLF);
        sent = at + 1;
      }
      if (at + 1 < length && octets[at + 1] == '.') {
        sink.write(octets, sent, at + 1 - sent);
        write(DOT);
        sent = at + 1;
      }
    }
    sink.write(octets, sent, length - sent);
    if (length > 0) {
      atLineStart = octets[length - 1] == '\n';
      afterCr = octets[length - 1] == '\r';
    }
  }

  private void write(byte[] octets) throws IOException {
    sink.write(octets, 0, octets.length);
  }

  private boolean isDone() {
    return inBody && bodyLinesLeft == 0;
  }

  private void send(byte[] octets, int length) throws IOException {
    int sent = 0;
    for (int at = 0; at < length && !isDone(); at++) {
      byte octet = octets[at];
      if (octet == '.' && atLineStart) {
        sink.write(octets, sent, at - sent);
        write(DOT);
        sent = at;
      }
      if (octet == '\n' && !afterCr) {
        sink.write(octets, sent, at - sent);
        write(CRLF);
        sent = at + 1;
      }
      pass(octet);
      if (isDone()) {
        sink.write(octets, sent, at + 1 - sent);
        return;
      }
    }
    sink.write(octets, sent, length - sent);
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
