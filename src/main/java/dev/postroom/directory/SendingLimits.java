package dev.postroom.directory;

import jakarta.persistence.Embeddable;

/**
 * How many messages may be sent, and to how many recipients. {@link PlanLimits#UNLIMITED} stands
 * for no limit.
 */
@Embeddable
public record SendingLimits(
    long messagesPerHour, long messagesPerDay, long recipientsPerHour, long recipientsPerDay) {
  public static final SendingLimits NONE =
      new SendingLimits(
          PlanLimits.UNLIMITED, PlanLimits.UNLIMITED, PlanLimits.UNLIMITED, PlanLimits.UNLIMITED);

  public boolean isLimited() {
    return !equals(NONE);
  }
}
