package dev.postroom.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The servers behind one or more destinations, and what is on its way to them. Guarded by the lock
 * of {@link Lanes}.
 */
final class Site {
  private static final Duration MEMORY = Duration.ofHours(1);

  final String name;
  final Pace pace;
  final Shares shares = new Shares();

  /** Lanes that have something to send and no leave to begin. */
  final SequencedSet<Lane> blocked = new LinkedHashSet<>();

  /** Lanes that lead here. */
  int lanes;

  Instant lastUsed = Instant.EPOCH;

  Site(String name, Terms terms) {
    this.name = name;
    this.pace = new Pace(terms);
  }

  boolean hasRoom() {
    return shares.taken() < pace.width();
  }

  boolean isPaused(Instant now) {
    return now.isBefore(pace.notBefore());
  }

  boolean canBeForgotten(Instant now) {
    boolean isOld = now.isAfter(lastUsed.plus(MEMORY));
    return lanes == 0 && (isOld || !pace.isWorthRemembering(now));
  }
}
