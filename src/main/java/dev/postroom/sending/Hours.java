package dev.postroom.sending;

import java.util.Arrays;

/** Numbers of the last 24 hours. Not for several threads at once. */
final class Hours {
  static final int OF_DAY = 24;

  private final long[] numbers = new long[OF_DAY];
  private long latest = Long.MIN_VALUE;

  void add(long hour, long number) {
    advance(hour);
    if (hour > latest - OF_DAY) {
      numbers[slot(hour)] += number;
    }
  }

  long in(long hour) {
    return hour > latest || hour <= latest - OF_DAY ? 0 : numbers[slot(hour)];
  }

  /** Of this hour and the 23 before it. */
  long dayUntil(long hour) {
    long sum = 0;
    for (int back = 0; back < OF_DAY; back++) {
      sum += in(hour - back);
    }
    return sum;
  }

  void clear() {
    Arrays.fill(numbers, 0);
  }

  private void advance(long hour) {
    if (hour <= latest) {
      return;
    }
    long steps = latest == Long.MIN_VALUE ? OF_DAY : Math.min(OF_DAY, hour - latest);
    for (long step = 0; step < steps; step++) {
      numbers[slot(hour - step)] = 0;
    }
    latest = hour;
  }

  private static int slot(long hour) {
    return (int) Math.floorMod(hour, OF_DAY);
  }
}
