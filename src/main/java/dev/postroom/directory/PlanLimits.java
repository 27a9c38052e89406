package dev.postroom.directory;

import jakarta.persistence.Embeddable;

/**
 * What an account on a plan may have and do. {@link #UNLIMITED} stands for no limit.
 *
 * @param storageOctets over all mailboxes of the account together
 */
@Embeddable
public record PlanLimits(
    long domains,
    long mailboxes,
    long forwarders,
    long storageOctets,
    long messagesPerHour,
    long messagesPerDay,
    long recipientsPerMessage) {
  public static final long UNLIMITED = -1;

  public static final PlanLimits NONE =
      new PlanLimits(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);

  /** What both of them allow. */
  PlanLimits and(PlanLimits other) {
    return new PlanLimits(
        least(domains, other.domains),
        least(mailboxes, other.mailboxes),
        least(forwarders, other.forwarders),
        least(storageOctets, other.storageOctets),
        least(messagesPerHour, other.messagesPerHour),
        least(messagesPerDay, other.messagesPerDay),
        least(recipientsPerMessage, other.recipientsPerMessage));
  }

  private static long least(long one, long other) {
    return one == UNLIMITED ? other : other == UNLIMITED ? one : Math.min(one, other);
  }
}
