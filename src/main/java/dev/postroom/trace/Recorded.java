package dev.postroom.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded at once, and waits to be written.
 *
 * @param story null for events that belong to one told before
 */
record Recorded(@Nullable Story story, List<Moment> moments) {
  /**
   * An event in time.
   *
   * @param at microseconds since 1970, in this process no other's
   */
  record Moment(long at, TraceEvent event) {}

  int weight() {
    return moments.size();
  }
}
