package dev.postroom.bulk;

import dev.postroom.mail.MailAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An address that gets no bulk mail of an account.
 *
 * @param detail what happened, for people
 * @param until null when it has no end
 */
public record Suppression(
    long accountId,
    MailAddress address,
    Reason reason,
    String detail,
    Instant since,
    @Nullable Instant until) {
  /** Why. */
  public enum Reason {
    /** Mail to it failed for good. */
    FAILED,
    /** Whoever reads it does not want any more. */
    UNSUBSCRIBED,
    /** Somebody put it here. */
    BY_HAND
  }
}
