package dev.postroom.smtp.syntax;

import dev.postroom.mail.EnhancedStatus;

/** Inside the parser only: how its pieces say that they cannot go on. */
final class MalformedCommandException extends Exception {
  private static final int SYNTAX_ERROR = 501; // RFC 5321 §4.2.2

  private final int code;
  private final EnhancedStatus status;

  MalformedCommandException(EnhancedStatus status, String why) {
    this(SYNTAX_ERROR, status, why);
  }

  MalformedCommandException(int code, EnhancedStatus status, String why) {
    super(why, null, false, false);
    this.code = code;
    this.status = status;
  }

  SmtpCommand.Malformed command() {
    return new SmtpCommand.Malformed(code, status, String.valueOf(getMessage()));
  }
}
