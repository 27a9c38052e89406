package dev.postroom.outbound;

import dev.postroom.mail.EnhancedStatus;

/** Whether a message can be brought into a form that a server takes. */
sealed interface Fit {
  record Fits(OutgoingMessage message) implements Fit {}

  /** It goes back to its sender. */
  record Unfit(EnhancedStatus status, String why) implements Fit {}
}
