package dev.postroom.smtp;

import dev.postroom.smtp.syntax.SmtpCommand;
import dev.postroom.smtp.syntax.SmtpReply;

/** Counts what a client does wrong in one connection, and says when it is enough. */
final class Strikes {
  private final SmtpConfig config;
  private int unknown;
  private int errors;
  private int recipients;
  private int logins;

  Strikes(SmtpConfig config) {
    this.config = config;
  }

  /** Looks at how a command was answered. */
  void count(SmtpCommand command, SmtpReply reply) {
    if (!reply.isPermanentFailure()) {
      return;
    }
    if (command instanceof SmtpCommand.Unknown) {
      unknown++;
    } else if (command instanceof SmtpCommand.Rcpt) {
      recipients++;
    } else if (reply.code() == Authentication.WRONG) {
      logins++;
    } else {
      errors++;
    }
  }

  /** A message was taken: this client is of use. */
  void forgive() {
    errors = 0;
    recipients = 0;
  }

  boolean areEnough() {
    return unknown >= config.maxUnknownCommands()
        || errors >= config.maxErrors()
        || recipients >= config.maxRecipientFailures()
        || logins >= config.maxLoginFailures();
  }
}
