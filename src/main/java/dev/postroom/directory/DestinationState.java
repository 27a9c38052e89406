package dev.postroom.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether mail flows to an address that a forwarder or catch-all leads to. */
public enum DestinationState {
  /** The address is on this server: nobody needs to be asked. */
  HERE,
  /** Elsewhere, and nobody was asked yet. */
  UNASKED,
  /** Asked by mail, and the link in it is still good. */
  WAITING,
  /** Asked by mail, but the link was not followed in time. */
  EXPIRED,
  /** Agreed: mail flows. */
  CONFIRMED,
  /** Does not want the mail. */
  DECLINED,
  /** Refused so many messages that no more are sent there until the owner says so. */
  PAUSED;

  /**
   * @param kept as the database has it; null when the address was never asked
   */
  static DestinationState of(@Nullable String kept, @Nullable Instant expiresAt, Instant now) {
    if (kept == null) {
      return UNASKED;
    }
    var state = valueOf(kept);
    boolean isLate = expiresAt == null || !now.isBefore(expiresAt);
    return state == WAITING && isLate ? EXPIRED : state;
  }

  public boolean isLive() {
    return switch (this) {
      case HERE, CONFIRMED -> true;
      case UNASKED, WAITING, EXPIRED, DECLINED, PAUSED -> false;
    };
  }

  /** True when a mail that asks would help. */
  public boolean mayBeAsked() {
    return switch (this) {
      case UNASKED, WAITING, EXPIRED -> true;
      case HERE, CONFIRMED, DECLINED, PAUSED -> false;
    };
  }
}
