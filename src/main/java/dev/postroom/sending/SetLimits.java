package dev.postroom.sending;

import dev.postroom.directory.SendingLimits;
import org.jspecify.annotations.Nullable;

/** What was set for one account, domain or mailbox. Null is what the plan says. */
public record SetLimits(
    @Nullable Long messagesPerHour,
    @Nullable Long messagesPerDay,
    @Nullable Long recipientsPerHour,
    @Nullable Long recipientsPerDay) {
  public static final SetLimits NOTHING = new SetLimits(null, null, null, null);

  boolean isNothing() {
    return equals(NOTHING);
  }

  public SendingLimits over(SendingLimits plan) {
    return new SendingLimits(
        over(messagesPerHour, plan.messagesPerHour()),
        over(messagesPerDay, plan.messagesPerDay()),
        over(recipientsPerHour, plan.recipientsPerHour()),
        over(recipientsPerDay, plan.recipientsPerDay()));
  }

  @Nullable Long of(Counted counted) {
    return switch (counted) {
      case MESSAGES_AN_HOUR -> messagesPerHour;
      case MESSAGES_A_DAY -> messagesPerDay;
      case RECIPIENTS_AN_HOUR -> recipientsPerHour;
      case RECIPIENTS_A_DAY -> recipientsPerDay;
    };
  }

  /** As forms and programs name it. */
  static String field(Counted counted) {
    return switch (counted) {
      case MESSAGES_AN_HOUR -> "messagesPerHour";
      case MESSAGES_A_DAY -> "messagesPerDay";
      case RECIPIENTS_AN_HOUR -> "recipientsPerHour";
      case RECIPIENTS_A_DAY -> "recipientsPerDay";
    };
  }

  private static long over(@Nullable Long set, long plan) {
    return set == null ? plan : set;
  }
}
