package dev.postroom.dns;

import java.util.Comparator;

/**
 * A mail exchanger (RFC 5321 §5.1).
 *
 * @param exchange the host name in ASCII without its final dot; empty for a null MX (RFC 7505)
 */
public record MxRecord(int preference, String exchange) implements Comparable<MxRecord> {
  private static final Comparator<MxRecord> BY_PREFERENCE =
      Comparator.comparingInt(MxRecord::preference).thenComparing(MxRecord::exchange);

  /** The most preferred, which has the lowest number, comes first. */
  @Override
  public int compareTo(MxRecord other) {
    return BY_PREFERENCE.compare(this, other);
  }
}
