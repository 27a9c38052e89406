package dev.postroom.guard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a network.
 *
 * @param id 0 for what stands in the configuration
 * @param reason for people
 * @param until null when it has no end
 * @param times how often it was banned lately
 * @param by who made it: a login, or empty for Postroom itself
 */
public record ClientRule(
    long id,
    Network network,
    Kind kind,
    String reason,
    Instant since,
    @Nullable Instant until,
    int times,
    String by) {
  /** What is done with its connections. */
  public enum Kind {
    /** Let in and never judged. */
    ALLOW,
    /** Turned away until somebody takes it back. */
    DENY,
    /** Turned away for a while, by Postroom itself. */
    BAN
  }

  boolean holds(Instant now) {
    return until == null || now.isBefore(until);
  }

  boolean endedBefore(Instant when) {
    return until != null && until.isBefore(when);
  }
}
