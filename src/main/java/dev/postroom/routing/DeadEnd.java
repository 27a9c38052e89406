package dev.postroom.routing;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;

/**
 * Where a message cannot go.
 *
 * @param recipient as the client named it
 * @param why for people, without the address
 */
public record DeadEnd(MailAddress recipient, EnhancedStatus status, String why) {
  static final EnhancedStatus NO_SUCH_MAILBOX = new EnhancedStatus(5, 1, 1);
  static final EnhancedStatus NOT_TAKING_MAIL = new EnhancedStatus(5, 2, 1);
  static final EnhancedStatus NOT_TAKING_MAIL_YET = new EnhancedStatus(4, 2, 1);
  static final EnhancedStatus NOT_YOUR_GROUP = new EnhancedStatus(5, 7, 2);
  static final EnhancedStatus MAILBOX_FULL = new EnhancedStatus(5, 2, 2);
  static final EnhancedStatus TOO_MANY = new EnhancedStatus(5, 5, 3);
  static final EnhancedStatus LOOP = new EnhancedStatus(5, 4, 6);
}
