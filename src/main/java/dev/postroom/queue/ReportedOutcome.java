package dev.postroom.queue;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.outbound.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of one recipient.
 *
 * @param options what the sender asked for it
 * @param diagnostic what happened, for people; the remote host's reply where there was one
 * @param host the remote host, or empty
 * @param retriedUntil for {@link Action#DELAYED}
 */
public record ReportedOutcome(
    MailAddress recipient,
    RecipientOptions options,
    Action action,
    EnhancedStatus status,
    String diagnostic,
    String host,
    @Nullable Instant retriedUntil) {
  /** RFC 3464 §2.3.3. */
  public enum Action {
    FAILED,
    DELAYED,
    DELIVERED,
    /** To a server that reports nothing itself. */
    RELAYED,
    /** The address stands for several others. */
    EXPANDED
  }

  private static final EnhancedStatus SUCCESS = new EnhancedStatus(2, 0, 0);

  /** A failure that no remote host had a part in. */
  public static ReportedOutcome failed(
      MailAddress recipient, RecipientOptions options, EnhancedStatus status, String diagnostic) {
    return failed(recipient, options, status, diagnostic, "");
  }

  public static ReportedOutcome failed(
      MailAddress recipient,
      RecipientOptions options,
      EnhancedStatus status,
      String diagnostic,
      String host) {
    return new ReportedOutcome(recipient, options, Action.FAILED, status, diagnostic, host, null);
  }

  public static ReportedOutcome delivered(MailAddress recipient, RecipientOptions options) {
    return success(recipient, options, Action.DELIVERED, "delivered to the mailbox", "");
  }

  public static ReportedOutcome expanded(MailAddress recipient, RecipientOptions options) {
    return success(recipient, options, Action.EXPANDED, "sent on to several addresses", "");
  }

  static ReportedOutcome relayed(
      MailAddress recipient, RecipientOptions options, String diagnostic, String host) {
    return success(recipient, options, Action.RELAYED, diagnostic, host);
  }

  static ReportedOutcome delayed(Entry entry, Attempt.Deferred by) {
    return new ReportedOutcome(
        entry.recipient(),
        entry.recipientOptions(),
        Action.DELAYED,
        by.status(),
        by.diagnostic(),
        by.remoteHost(),
        entry.expiresAt());
  }

  private static ReportedOutcome success(
      MailAddress recipient, RecipientOptions options, Action action, String words, String host) {
    return new ReportedOutcome(recipient, options, action, SUCCESS, words, host, null);
  }

  /** RFC 3461 §4.1: whether the sender wants to hear of it. */
  boolean isWanted() {
    return switch (action) {
      case FAILED -> options.wantsFailure();
      case DELAYED -> options.wantsDelay();
      case DELIVERED, EXPANDED -> options.wantsSuccess();
      case RELAYED -> true; // Entry.wantsRelayed
    };
  }
}
