package dev.postroom.directory;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;

/**
 * What an account on a plan may have and do. {@link #UNLIMITED} stands for no limit.
 *
 * @param storageOctets over all mailboxes of the account together
 * @param sending for all that the account sends
 * @param eachMailbox for what each of its mailboxes sends, unless something else is set for one
 */
@Embeddable
public record PlanLimits(
    long domains,
    long mailboxes,
    long forwarders,
    long storageOctets,
    long recipientsPerMessage,
    @Embedded SendingLimits sending,
    @Embedded
        @AttributeOverride(
            name = "messagesPerHour",
            column = @Column(name = "mailbox_messages_per_hour"))
        @AttributeOverride(
            name = "messagesPerDay",
            column = @Column(name = "mailbox_messages_per_day"))
        @AttributeOverride(
            name = "recipientsPerHour",
            column = @Column(name = "mailbox_recipients_per_hour"))
        @AttributeOverride(
            name = "recipientsPerDay",
            column = @Column(name = "mailbox_recipients_per_day"))
        SendingLimits eachMailbox) {
  public static final long UNLIMITED = -1;

  public static final PlanLimits NONE =
      new PlanLimits(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);

  /** A plan that counts messages, and nothing by mailbox. */
  public PlanLimits(
      long domains,
      long mailboxes,
      long forwarders,
      long storageOctets,
      long messagesPerHour,
      long messagesPerDay,
      long recipientsPerMessage) {
    this(
        domains,
        mailboxes,
        forwarders,
        storageOctets,
        recipientsPerMessage,
        new SendingLimits(messagesPerHour, messagesPerDay, UNLIMITED, UNLIMITED),
        SendingLimits.NONE);
  }

  public PlanLimits withSending(SendingLimits account, SendingLimits mailbox) {
    return new PlanLimits(
        domains, mailboxes, forwarders, storageOctets, recipientsPerMessage, account, mailbox);
  }
}
