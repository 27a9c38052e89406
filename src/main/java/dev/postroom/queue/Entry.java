package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.DeliverBy;
import dev.postroom.mail.DsnNotify;
import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.outbound.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the queue that this process has claimed.
 *
 * @param account {@link Turn#NOBODY} for mail that is nobody's
 * @param warnAt when its sender is to be told that it is late, null when that was done
 */
record Entry(
    long id,
    TraceId trace,
    ReversePath reversePath,
    MailAddress recipient,
    String destination,
    long account,
    int urgency,
    BlobId content,
    long size,
    boolean eightBit,
    String extraHeader,
    Instant expiresAt,
    @Nullable Instant warnAt,
    int attempts,
    MailOptions options,
    RecipientOptions recipientOptions) {

  /** What entries have in common that can be sent in one transaction. */
  record Letter(
      TraceId trace, ReversePath reversePath, BlobId content, String extraHeader, long account) {}

  Turn turn() {
    return new Turn(destination, account, urgency);
  }

  /** RFC 2852 §4: it is returned rather than delivered now. */
  boolean isTooLate(Instant now) {
    var by = options.deliverBy();
    return by != null && by.mode() == DeliverBy.Mode.RETURN && !now.isBefore(by.deadline());
  }

  Letter letter() {
    return new Letter(trace, reversePath, content, extraHeader, account);
  }

  boolean isLate(Instant now) {
    return warnAt != null && !now.isBefore(warnAt);
  }

  /** Up to when one more attempt makes a difference: it is late then, or goes back. */
  Instant nextDeadline(Instant now) {
    return warnAt != null
            && options.deliverBy() != null // nobody else waits for the minute
            && now.isBefore(warnAt)
            && warnAt.isBefore(expiresAt)
        ? warnAt
        : expiresAt;
  }

  /** RFC 2852 §4: who traces a message hears, too, where its deadline is not heeded any more. */
  boolean wantsRelayed() {
    var by = options.deliverBy();
    return recipientOptions.wantsSuccess()
        || (by != null && by.traced() && !recipientOptions.notifyOn().contains(DsnNotify.NEVER));
  }

  ReportedOutcome relayed(Attempt.Delivered to) {
    return ReportedOutcome.relayed(recipient, recipientOptions, to.reply(), to.remoteHost());
  }

  ReportedOutcome failed(EnhancedStatus status, String diagnostic, String host) {
    return ReportedOutcome.failed(recipient, recipientOptions, status, diagnostic, host);
  }

  ReportedOutcome delayed(Attempt.Deferred by) {
    return ReportedOutcome.delayed(this, by);
  }
}
