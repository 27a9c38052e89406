package dev.postroom.message;

/** Which kinds of octets pass by: what RFC 2045 §2.7 to §2.9 tells 7bit, 8bit and binary by. */
final class OctetCount {
  /** RFC 5321 §4.5.3.1.6, without the CRLF. */
  private static final int LONGEST_LINE = 998;

  private long size;
  private long eightBit;
  private long line;
  private boolean binary;
  private boolean afterCr;

  void add(int octet) {
    size++;
    if (afterCr && octet != '\n') {
      binary = true;
    }
    if (octet == '\n') {
      binary |= !afterCr;
      line = 0;
    } else if (octet != '\r') {
      line++;
      binary |= octet == 0 || line > LONGEST_LINE;
      eightBit += octet > 127 ? 1 : 0;
    }
    afterCr = octet == '\r';
  }

  boolean hasEightBit() {
    return eightBit > 0;
  }

  /** NUL, a bare CR or LF, or a line longer than lines may be. */
  boolean isBinary() {
    return binary || afterCr;
  }

  /** Whether a third at most would have to be written as {@code =XX}. */
  boolean isMostlyAscii() {
    return eightBit * 3 <= size;
  }
}
