package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.DeliverBy;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message for one recipient elsewhere, ready to be queued.
 *
 * @param size octets of the content, {@code extraHeader} not counted
 * @param extraHeader header lines with CRLF to be sent before the content (a forwarder's
 *     Delivered-To), or empty
 * @param eightBit the content has octets above 127 (RFC 6152)
 * @param accountId whose mail it is, for the queue page; null for reports to strangers
 */
public record Outgoing(
    TraceId trace,
    ReversePath reversePath,
    MailAddress recipient,
    BlobId content,
    long size,
    String extraHeader,
    boolean eightBit,
    @Nullable Long accountId,
    MailOptions options,
    RecipientOptions recipientOptions) {

  /** When it is tried first: at once, or when its sender wants (RFC 4865 §4). */
  Instant begins(Instant now) {
    var held = options.holdUntil();
    return held == null || held.isBefore(now) ? now : held;
  }

  /** When it goes back to its sender. */
  Instant expires(Instant begins, Duration lifetime) {
    return earlier(begins.plus(lifetime), DeliverBy.Mode.RETURN);
  }

  /** When its sender is told that it is late. */
  Instant warns(Instant begins, Duration delay) {
    return earlier(begins.plus(delay), DeliverBy.Mode.NOTIFY);
  }

  /** RFC 2852 §4: what the sender has set as a deadline goes before our own. */
  private Instant earlier(Instant ours, DeliverBy.Mode mode) {
    var by = options.deliverBy();
    return by != null && by.mode() == mode && by.deadline().isBefore(ours) ? by.deadline() : ours;
  }

  Turn turn(int urgency) {
    return new Turn(
        recipient.domain().ascii(), accountId == null ? Turn.NOBODY : accountId, urgency);
  }
}
