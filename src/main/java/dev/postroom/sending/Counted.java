package dev.postroom.sending;

import dev.postroom.directory.SendingLimits;

/** What is counted, and over how long. */
enum Counted {
  MESSAGES_AN_HOUR("messages an hour"),
  MESSAGES_A_DAY("messages a day"),
  RECIPIENTS_AN_HOUR("recipients an hour"),
  RECIPIENTS_A_DAY("recipients a day");

  private final String words;

  Counted(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  boolean isMessages() {
    return this == MESSAGES_AN_HOUR || this == MESSAGES_A_DAY;
  }

  boolean isHour() {
    return this == MESSAGES_AN_HOUR || this == RECIPIENTS_AN_HOUR;
  }

  long limit(SendingLimits limits) {
    return switch (this) {
      case MESSAGES_AN_HOUR -> limits.messagesPerHour();
      case MESSAGES_A_DAY -> limits.messagesPerDay();
      case RECIPIENTS_AN_HOUR -> limits.recipientsPerHour();
      case RECIPIENTS_A_DAY -> limits.recipientsPerDay();
    };
  }
}
