package dev.postroom.queue;

import dev.postroom.outbound.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much a destination bears, learned from what it says. Each message that it takes allows one
 * more at the same time, until it has once complained; from half of what it complained about, it
 * grows slowly. A complaint also brings a pause, longer each time until it takes something again.
 * One that cannot be reached rests, and is then tried with one message. Not for use by several
 * threads at once.
 */
final class Pace {
  static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** So many complaints with nothing taken between them, and it counts as down. */
  static final int PATIENCE = 6;

  /** How far the rate may be ahead for a moment. */
  private static final Duration BURST = Duration.ofSeconds(1);

  private static final int MINUTE = 60_000_000;

  private final Terms terms;
  private double width;
  private double slowFrom;
  private int complaints;
  private Instant pausedUntil = Instant.MIN;
  private Instant nextByRate = Instant.MIN;
  private Instant downUntil = Instant.MIN;
  private Attempt.@Nullable Deferred down;

  Pace(Terms terms) {
    this.terms = terms;
    this.width = terms.first();
    this.slowFrom = terms.most();
  }

  /** How many messages may be on their way at the same time. */
  int width() {
    return (int) width;
  }

  /** What is said of all its mail while it rests. */
  Optional<Attempt.Deferred> down(Instant now) {
    return Optional.ofNullable(down).filter(_ -> now.isBefore(downUntil));
  }

  /** No message may begin before; it may be in the past. */
  Instant notBefore() {
    var byRate = nextByRate.equals(Instant.MIN) ? nextByRate : nextByRate.minus(BURST);
    return byRate.isAfter(pausedUntil) ? byRate : pausedUntil;
  }

  /** Whether there is something to remember of it that a new one would not know. */
  boolean isWorthRemembering(Instant now) {
    return down != null || complaints > 0 || slowFrom < terms.most() || notBefore().isAfter(now);
  }

  /** A message is on its way. */
  void begun(Instant now) {
    if (terms.perMinute().isPresent()) {
      var from = nextByRate.isAfter(now) ? nextByRate : now;
      nextByRate = from.plusNanos(1000L * MINUTE / terms.perMinute().getAsInt());
    }
  }

  /** Ends a pause or rest. */
  void rouse() {
    pausedUntil = Instant.MIN;
    downUntil = Instant.MIN;
  }

  void heard(Reaction reaction, Instant now) {
    switch (reaction) {
      case Reaction.Took _ -> took();
      case Reaction.Declined _ -> down = null;
      case Reaction.Strained(var outcome) -> strained(outcome, now);
      case Reaction.Unreachable(var outcome) -> rest(outcome, now);
    }
  }

  private void took() {
    if (down != null) {
      down = null;
      width = 1;
    }
    complaints = 0;
    width = Math.min(terms.most(), width + (width < slowFrom ? 1 : 1 / width));
  }

  private void strained(Attempt.Deferred outcome, Instant now) {
    if (now.isBefore(pausedUntil)) {
      return; // it was begun before the last complaint was heard
    }
    complaints++;
    if (complaints > PATIENCE) {
      rest(outcome, now);
      return;
    }
    slowFrom = Math.max(1, width / 2);
    width = slowFrom;
    var pause = FIRST_PAUSE.multipliedBy(1L << (complaints - 1));
    pausedUntil = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }

  private void rest(Attempt.Deferred outcome, Instant now) {
    down = outcome;
    downUntil = now.plus(terms.restWhenDown());
    width = 1;
  }
}
