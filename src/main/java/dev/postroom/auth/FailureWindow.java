package dev.postroom.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Counts failures by a key over a sliding window. Any thread. */
final class FailureWindow {
  private final int limit;
  private final Duration window;
  private final Clock clock;
  private final Cache<String, ArrayDeque<Instant>> failures;

  FailureWindow(int limit, Duration window, long size, Clock clock) {
    this.limit = limit;
    this.window = window;
    this.clock = clock;
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(size)
            .expireAfterWrite(window)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /** How long until another try is allowed; empty when it is now. */
  Optional<Duration> pause(String key) {
    var times = failures.getIfPresent(key);
    if (times == null) {
      return Optional.empty();
    }
    synchronized (times) {
      if (times.size() < limit) {
        return Optional.empty();
      }
      var pause = Duration.between(clock.instant(), times.getFirst().plus(window));
      return pause.isPositive() ? Optional.of(pause) : Optional.empty();
    }
  }

  /** Only the last {@code limit} failures matter: when the oldest of them leaves, a try is free. */
  void failed(String key) {
    failures
        .asMap()
        .compute(
            key,
            (_, known) -> {
              var times = known == null ? new ArrayDeque<Instant>() : known;
              synchronized (times) {
                times.addLast(clock.instant());
                if (times.size() > limit) {
                  times.removeFirst();
                }
              }
              return times;
            });
  }

  void forget(String key) {
    failures.invalidate(key);
  }
}
