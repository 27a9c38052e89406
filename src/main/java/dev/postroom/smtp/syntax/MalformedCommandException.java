package dev.postroom.smtp.syntax;

import dev.postroom.mail.EnhancedStatus;

/** Inside the parser only: how its pieces say that they cannot go on. */
final class MalformedCommandException extends Exception {
  private final EnhancedStatus status;

  MalformedCommandException(EnhancedStatus status, String why) {
    super(why, null, false, false);
    this.status = status;
  }

  SmtpCommand.Malformed command() {
    return new SmtpCommand.Malformed(status, String.valueOf(getMessage()));
  }
}
