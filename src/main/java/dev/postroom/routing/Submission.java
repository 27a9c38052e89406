package dev.postroom.routing;

import dev.postroom.directory.Recipients;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.ServerConfig;
import dev.postroom.mail.TraceId;
import dev.postroom.sending.Reservations;
import dev.postroom.sending.Reservations.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.OutputStream;
import java.time.Clock;

/** The rules for messages that our own users send, however they hand them over (RFC 6409). */
@ApplicationScoped
public class Submission {
  private final Recipients directory;
  private final Reservations reservations;
  private final ServerConfig server;
  private final Clock clock;

  public Submission(
      Recipients directory, Reservations reservations, ServerConfig server, Clock clock) {
    this.directory = directory;
    this.reservations = reservations;
    this.server = server;
    this.clock = clock;
  }

  /**
   * Asked when a message begins. Whoever is granted it closes the sender's room when it is over.
   * Disposition notifications must have the null reverse-path (RFC 8098 §3): it is everybody's
   * whose own address may send.
   */
  public Permission ask(Viewer.MailboxUser user, ReversePath reversePath) {
    var suspension = directory.suspension(user.mailboxId());
    if (suspension.sending()
        || suspension.login()) { // a connection may outlast the right to log in
      return new Permission.Suspended(suspension.reason());
    }
    var named = reversePath.address();
    var address = named == null ? user.address() : named;
    if (!directory.maySendAs(user.mailboxId(), address)) {
      return new Permission.NotYours(address);
    }
    return switch (reservations.message(user.mailboxId())) {
      case Answer.Reserved(var room, var accountId) ->
          new Permission.Granted(new Sender(user.mailboxId(), accountId, user.address(), room));
      case Answer.Refused(var refusal) -> new Permission.TooMany(refusal);
    };
  }

  /** Whether a mailbox may use an address as its sender. */
  public boolean maySendAs(long mailboxId, MailAddress address) {
    return directory.maySendAs(mailboxId, address);
  }

  /**
   * A filter for the message: write its octets into it, {@link HeaderCompletion#finish} it, and ask
   * for a {@link HeaderCompletion#refusal}. The From field must name addresses of the sender (RFC
   * 6409 §6.1); a missing From, Date or Message-ID is added (RFC 6409 §8).
   */
  public HeaderCompletion completion(OutputStream to, Sender sender, TraceId trace) {
    var header =
        new SubmittedHeader(
            sender,
            address -> directory.maySendAs(sender.mailboxId(), address),
            trace,
            server.hostname(),
            clock);
    return new HeaderCompletion(to, header::complete);
  }
}
