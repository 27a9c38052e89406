package dev.postroom.queue;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How a destination is treated.
 *
 * @param first messages at the same time to begin with
 * @param most messages at the same time at most
 * @param perMinute messages a minute; empty: as many as it takes
 * @param restWhenDown for how long it is left alone when none of its hosts answers
 */
record Terms(int first, int most, OptionalInt perMinute, Duration restWhenDown) {
  Terms {
    if (most < 1 || perMinute.orElse(1) < 1) {
      throw new IllegalArgumentException("a destination gets at least one message at a time");
    }
    first = Math.clamp(first, 1, most);
  }
}
