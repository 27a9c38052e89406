package dev.postroom.queue;

import dev.postroom.mail.TraceId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What goes before what, among the mail of one customer; smaller goes first. */
final class Urgency {
  /** More than priorities can make up for: they are from -9 to 9 (RFC 6710). */
  static final int BULK = 20;

  private final Map<TraceId, Long> recipients;
  private final int bulkRecipients;

  private Urgency(Map<TraceId, Long> recipients, int bulkRecipients) {
    this.recipients = recipients;
    this.bulkRecipients = bulkRecipients;
  }

  /**
   * @param messages that are queued together
   * @param bulkRecipients a message to so many of them goes behind other mail
   */
  static Urgency of(List<Outgoing> messages, int bulkRecipients) {
    return new Urgency(
        messages.stream().collect(Collectors.groupingBy(Outgoing::trace, Collectors.counting())),
        bulkRecipients);
  }

  int of(Outgoing message) {
    boolean isBulk = recipients.getOrDefault(message.trace(), 0L) >= bulkRecipients;
    return (isBulk ? BULK : 0) - message.options().priority();
  }
}
