package dev.postroom.mail;

import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The one id that follows a message from MAIL to its mailbox or to the remote host: in logs, in the
 * Received line, in the queue.
 *
 * @param value 16 characters of lower-case base 32, the first 9 from the clock, so that ids sort by
 *     time
 */
public record TraceId(String value) {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int CLOCK_DIGITS = 9;
  private static final int CHANCE_DIGITS = 7;

  public static TraceId next(Clock clock, RandomGenerator random) {
    var id = new StringBuilder(16);
    append(id, clock.millis(), CLOCK_DIGITS);
    append(id, random.nextLong(), CHANCE_DIGITS);
    return new TraceId(id.toString());
  }

  /** The least id that can be given out at that moment: between two of them lies a span of time. */
  public static TraceId firstAt(Instant moment) {
    var id = new StringBuilder(16);
    append(id, moment.toEpochMilli(), CLOCK_DIGITS);
    append(id, 0, CHANCE_DIGITS);
    return new TraceId(id.toString());
  }

  /** Whether it looks like one. */
  public static boolean isValid(String text) {
    return text.length() == CLOCK_DIGITS + CHANCE_DIGITS
        && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
  }

  /** When it was given out. */
  public Instant moment() {
    long millis = 0;
    for (int i = 0; i < CLOCK_DIGITS; i++) {
      millis = millis << 5 | ALPHABET.indexOf(value.charAt(i));
    }
    return Instant.ofEpochMilli(millis);
  }

  private static void append(StringBuilder id, long bits, int digits) {
    for (int shift = (digits - 1) * 5; shift >= 0; shift -= 5) {
      id.append(ALPHABET.charAt((int) (bits >>> shift) & 31));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
