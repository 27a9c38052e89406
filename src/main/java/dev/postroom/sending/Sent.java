package dev.postroom.sending;

/** What was sent in the running hour, and in this and the 23 hours before it. */
public record Sent(
    long messagesThisHour, long messagesThisDay, long recipientsThisHour, long recipientsThisDay) {
  long of(Counted counted) {
    return switch (counted) {
      case MESSAGES_AN_HOUR -> messagesThisHour;
      case MESSAGES_A_DAY -> messagesThisDay;
      case RECIPIENTS_AN_HOUR -> recipientsThisHour;
      case RECIPIENTS_A_DAY -> recipientsThisDay;
    };
  }
}
