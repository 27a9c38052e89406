package dev.postroom.smtp;

/**
 * The octets between DATA and the final dot, made into a message (RFC 5321 §4.1.1.4, §4.5.2). A
 * push machine: however the input is cut into chunks, the result is the same.
 *
 * <pre>
 * LINE_START  after CRLF, and at the beginning
 * IN_LINE     anywhere else
 * CR          a CR that may become CRLF
 * DOT         a dot at the beginning of a line, held back
 * DOT_CR      that, and a CR behind it
 * RAW         in the body of a BINARYMIME message
 * </pre>
 *
 * In chunks (RFC 3030) a dot means nothing: there is no LINE_START, and no end but {@link #finish}.
 *
 * <p>With BODY=BINARYMIME (RFC 3030 §3) every octet of the body is content, NUL and bare line ends
 * as well; the header section, to the first empty line, is still made of lines.
 *
 * <p>Only CRLF ends a line, only CRLF.CRLF the message (RFC 5321 §2.3.8): a bare CR or LF does
 * neither, and no dot behind one means anything. What comes out is unambiguous all the same, so
 * that nobody who reads it later sees another message in it: a bare LF becomes CRLF, a bare CR a
 * space.
 */
final class DataDecoder {
  private enum State {
    LINE_START,
    IN_LINE,
    CR,
    DOT,
    DOT_CR,
    RAW,
    ENDED
  }

  private final State lineStart;
  private final boolean rawBody;
  private State state;
  private byte[] out = new byte[1];
  private int length;
  private long strays;
  private boolean lineIsEmpty = true;

  private DataDecoder(State lineStart, boolean rawBody) {
    this.lineStart = lineStart;
    this.rawBody = rawBody;
    this.state = lineStart;
  }

  /** For what follows DATA. */
  static DataDecoder untilDot() {
    return new DataDecoder(State.LINE_START, false);
  }

  /** For the octets of BDAT. */
  static DataDecoder ofChunks() {
    return new DataDecoder(State.IN_LINE, false);
  }

  /** For the octets of BDAT after BODY=BINARYMIME. */
  static DataDecoder ofBinaryChunks() {
    return new DataDecoder(State.IN_LINE, true);
  }

  /**
   * Takes octets; what they mean is then in {@link #octets} up to {@link #length}.
   *
   * @return how many were taken: all, unless the message has ended
   */
  int decode(byte[] in, int inLength) {
    if (out.length < 2 * inLength + 2) { // each LF may become two, two may have been held back
      out = new byte[2 * inLength + 2];
    }
    length = 0;
    int at = 0;
    while (at < inLength && state != State.ENDED) {
      if (state == State.IN_LINE) {
        at = copyToLineEnd(in, at, inLength);
      } else if (state == State.RAW) {
        at = copy(in, at, inLength);
      }
      if (at < inLength) {
        next(in[at++]);
      }
    }
    return at;
  }

  private int copyToLineEnd(byte[] in, int from, int to) {
    int at = from;
    while (at < to && in[at] != '\n' && in[at] != '\r') {
      at++;
    }
    lineIsEmpty &= at == from;
    return copy(in, from, at);
  }

  private int copy(byte[] in, int from, int to) {
    System.arraycopy(in, from, out, length, to - from);
    length += to - from;
    return to;
  }

  private void next(byte octet) {
    switch (state) {
      case LINE_START -> {
        if (octet == '.') {
          state = State.DOT;
        } else {
          inLine(octet);
        }
      }
      case IN_LINE -> inLine(octet);
      case CR -> afterCr(octet);
      case DOT -> {
        // RFC 5321 §4.5.2: the first dot of a line goes
        if (octet == '\r') {
          state = State.DOT_CR;
        } else {
          inLine(octet);
        }
      }
      case DOT_CR -> {
        if (octet == '\n') {
          state = State.ENDED;
        } else {
          afterCr(octet);
        }
      }
      case RAW -> put(octet);
      case ENDED -> throw new IllegalStateException("the message has ended");
    }
  }

  private void inLine(byte octet) {
    state = State.IN_LINE;
    if (octet == '\r') {
      state = State.CR;
    } else if (octet == '\n') {
      strays++;
      endLine(State.IN_LINE);
    } else {
      lineIsEmpty = false;
      put(octet);
    }
  }

  private void endLine(State next) {
    put((byte) '\r');
    put((byte) '\n');
    state = rawBody && lineIsEmpty ? State.RAW : next;
    lineIsEmpty = true;
  }

  private void afterCr(byte octet) {
    if (octet == '\n') {
      endLine(lineStart);
    } else {
      strays++;
      lineIsEmpty = false;
      put((byte) ' ');
      inLine(octet);
    }
  }

  /** No octets will follow: what was held back comes out. */
  void finish() {
    length = 0;
    if (state == State.CR) {
      strays++;
      put((byte) ' ');
    }
    state = State.ENDED;
  }

  private void put(byte octet) {
    out[length++] = octet;
  }

  byte[] octets() {
    return out;
  }

  int length() {
    return length;
  }

  boolean hasEnded() {
    return state == State.ENDED;
  }

  /** Bare CRs and LFs so far. */
  long strays() {
    return strays;
  }
}
