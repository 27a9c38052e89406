package dev.postroom.imap.syntax;

import java.util.Optional;

/**
 * The announcement of a literal at the end of a line (RFC 3501 §4.3, RFC 7888).
 *
 * @param size octets that follow after the line end
 * @param waits whether the client waits to be told to go on
 */
public record LiteralMark(long size, boolean waits) {
  private static final int MAX_DIGITS = 19; // a long has no more

  /** Reads the end of a line, its CRLF removed. */
  public static Optional<LiteralMark> at(byte[] line) {
    int end = line.length - 1;
    if (end < 2 || line[end] != '}') {
      return Optional.empty();
    }
    boolean waits = line[end - 1] != '+';
    int last = waits ? end - 1 : end - 2;
    int first = last;
    while (first >= 0 && line[first] >= '0' && line[first] <= '9') {
      first--;
    }
    int digits = last - first;
    if (digits == 0 || first < 0 || line[first] != '{') {
      return Optional.empty();
    }
    return Optional.of(new LiteralMark(number(line, first + 1, digits), waits));
  }

  private static long number(byte[] line, int start, int digits) {
    if (digits >= MAX_DIGITS) {
      return Long.MAX_VALUE;
    }
    long number = 0;
    for (int i = start; i < start + digits; i++) {
      number = number * 10 + (line[i] - '0');
    }
    return number;
  }
}
