package dev.postroom.message;

import java.util.Arrays;

/** The octets of the header that is being read, up to a limit; the rest is counted only. */
final class HeaderBuffer {
  private byte[] octets = new byte[1024];
  private int kept;
  private long seen;
  private int limit;

  void startOver(int newLimit) {
    kept = 0;
    seen = 0;
    limit = newLimit;
  }

  void append(byte[] from, int offset, int count) {
    int wanted = Math.min(count, limit - kept);
    if (wanted > 0) {
      if (kept + wanted > octets.length) {
        octets = Arrays.copyOf(octets, Math.max(kept + wanted, octets.length * 2));
      }
      System.arraycopy(from, offset, octets, kept, wanted);
      kept += wanted;
    }
    seen += count;
  }

  /** Takes back the last octets: they were a delimiter, no header. */
  void dropLast(long count) {
    seen -= count;
    kept = (int) Math.min(kept, seen);
  }

  boolean isWhole() {
    return seen == kept;
  }

  int kept() {
    return kept;
  }

  byte[] copy() {
    return Arrays.copyOf(octets, kept);
  }

  Headers parse() {
    return Headers.parse(octets, kept);
  }
}
