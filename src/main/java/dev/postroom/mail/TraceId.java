package dev.postroom.mail;

import java.time.Clock;
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

  public static TraceId next(Clock clock, RandomGenerator random) {
    var id = new StringBuilder(16);
    append(id, clock.millis(), 9);
    append(id, random.nextLong(), 7);
    return new TraceId(id.toString());
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
