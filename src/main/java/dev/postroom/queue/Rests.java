package dev.postroom.queue;

import dev.postroom.outbound.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Destinations none of whose hosts answered a moment ago. What else is due for them is not tried
 * but shares the outcome: a host that is down is not knocked at once for each message.
 */
final class Rests {
  private record Rest(Instant until, Attempt.Deferred outcome) {}

  private final Duration duration;
  private final Map<String, Rest> rests = new ConcurrentHashMap<>();

  Rests(Duration duration) {
    this.duration = duration;
  }

  void begin(String destination, Instant now, Attempt.Deferred outcome) {
    rests.values().removeIf(rest -> !now.isBefore(rest.until()));
    rests.put(destination, new Rest(now.plus(duration), outcome));
  }

  /** All of them: somebody wants to know at once. */
  void end() {
    rests.clear();
  }

  Optional<Attempt.Deferred> outcome(String destination, Instant now) {
    return Optional.ofNullable(rests.get(destination))
        .filter(rest -> now.isBefore(rest.until()))
        .map(Rest::outcome);
  }
}
