package dev.postroom.outbound;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.smtp.syntax.SmtpReply;

/** What a server's reply, or its silence, means for a recipient (RFC 5321 §4.2.1). */
final class Verdict {
  private static final EnhancedStatus BAD_CONNECTION = new EnhancedStatus(4, 4, 2);
  private static final EnhancedStatus BAD_PROTOCOL = new EnhancedStatus(4, 5, 0);

  private Verdict() {}

  /** A reply that is not the one hoped for. */
  static Attempt failure(RemoteHost host, SmtpReply reply) {
    if (reply.isPermanentFailure()) {
      return new Attempt.Refused(host.name(), status(reply), reply.toString());
    }
    return new Attempt.Deferred(
        host.name(), reply.isTransientFailure() ? status(reply) : BAD_PROTOCOL, reply.toString());
  }

  /** No reply came. */
  static Attempt lost(RemoteHost host, String when, Exception why) {
    return new Attempt.Deferred(
        host.name(),
        BAD_CONNECTION,
        "connection with " + host + " lost " + when + ": " + text(why));
  }

  static String text(Exception why) {
    var message = why.getMessage();
    return message == null ? why.getClass().getSimpleName() : message;
  }

  /** The server's own code; without one, the most general of its class (RFC 3463 §3.1). */
  private static EnhancedStatus status(SmtpReply reply) {
    var own = reply.status();
    return own != null ? own : new EnhancedStatus(reply.code() / 100, 0, 0);
  }
}
