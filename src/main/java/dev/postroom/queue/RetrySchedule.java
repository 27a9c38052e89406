package dev.postroom.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** When to try again: pauses that grow, never the same for all (RFC 5321 §4.5.4.1). */
final class RetrySchedule {
  private final List<Duration> pauses;
  private final int jitterPercent;
  private final RandomGenerator random;

  RetrySchedule(List<Duration> pauses, int jitterPercent, RandomGenerator random) {
    if (pauses.isEmpty()) {
      throw new IllegalArgumentException("postroom.queue.retry-pauses is empty");
    }
    if (jitterPercent < 0 || jitterPercent >= 100) {
      throw new IllegalArgumentException("postroom.queue.retry-jitter must be from 0 to 99");
    }
    this.pauses = List.copyOf(pauses);
    this.jitterPercent = jitterPercent;
    this.random = random;
  }

  /**
   * When to try again after the attempt at {@code now}, the last time when the message expires.
   *
   * @param attempts made so far, at least 1
   */
  Instant next(int attempts, Instant now, Instant expires) {
    var pause = pauses.get(Math.min(attempts, pauses.size()) - 1).toMillis();
    long jitter = pause * jitterPercent / 100;
    var next = now.plusMillis(pause - jitter + random.nextLong(2 * jitter + 1));
    return next.isAfter(expires) && now.isBefore(expires) ? expires : next;
  }
}
