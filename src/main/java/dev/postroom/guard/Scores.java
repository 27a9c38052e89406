package dev.postroom.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Points of clients, which fade with time. Any thread. */
final class Scores {
  private static final int HALF_LIVES_KEPT = 8;

  private record Score(double points, Instant at) {
    double at(Instant now, Duration halfLife) {
      double lives = (double) Duration.between(at, now).toMillis() / halfLife.toMillis();
      return points * Math.pow(0.5, Math.max(0, lives));
    }
  }

  private final Duration halfLife;
  private final Clock clock;
  private final Cache<Network, Score> scores;

  Scores(Duration halfLife, long size, Clock clock) {
    this.halfLife = halfLife;
    this.clock = clock;
    this.scores =
        Caffeine.newBuilder()
            .maximumSize(size)
            .expireAfterWrite(halfLife.multipliedBy(HALF_LIVES_KEPT))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  double of(Network client) {
    var score = scores.getIfPresent(client);
    return score == null ? 0 : score.at(clock.instant(), halfLife);
  }

  /** Gives the new points. */
  double add(Network client, int points) {
    var now = clock.instant();
    var score =
        scores
            .asMap()
            .merge(
                client,
                new Score(points, now),
                (known, _) -> new Score(known.at(now, halfLife) + points, now));
    return score.points();
  }

  void forgive(Network client, int points) {
    var now = clock.instant();
    scores
        .asMap()
        .computeIfPresent(
            client,
            (_, known) -> {
              double left = known.at(now, halfLife) - points;
              return left <= 0 ? null : new Score(left, now);
            });
  }

  void forget(Network client) {
    scores.invalidate(client);
  }

  long size() {
    return scores.estimatedSize();
  }
}
