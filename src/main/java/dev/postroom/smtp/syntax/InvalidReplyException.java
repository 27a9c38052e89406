package dev.postroom.smtp.syntax;

import java.io.IOException;

/** The other side does not speak SMTP: its reply has no form that RFC 5321 §4.2 knows. */
public final class InvalidReplyException extends IOException {
  public InvalidReplyException(String message) {
    super(message);
  }
}
