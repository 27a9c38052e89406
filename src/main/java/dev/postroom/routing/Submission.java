package dev.postroom.routing;

import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Recipients;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.ServerConfig;
import dev.postroom.mail.TraceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.OutputStream;
import java.time.Clock;

/** The rules for messages that our own users send, however they hand them over (RFC 6409). */
@ApplicationScoped
public class Submission {
  private final Recipients directory;
  private final Mailboxes mailboxes;
  private final SendingCounts counts;
  private final ServerConfig server;
  private final Clock clock;

  public Submission(
      Recipients directory,
      Mailboxes mailboxes,
      SendingCounts counts,
      ServerConfig server,
      Clock clock) {
    this.directory = directory;
    this.mailboxes = mailboxes;
    this.counts = counts;
    this.server = server;
    this.clock = clock;
  }

  /**
   * Asked when a message begins. Disposition notifications must have the null reverse-path (RFC
   * 8098 §3): it is everybody's whose own address may send.
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
    return withinLimits(
        new Sender(
            user.mailboxId(),
            mailboxes.find(Viewer.SERVER, user.mailboxId()).accountId(),
            user.address(),
            directory.sendingLimits(user.mailboxId())));
  }

  private Permission withinLimits(Sender sender) {
    var limits = sender.limits();
    if (SendingCounts.isLimited(limits)) {
      var sent = counts.sent(sender.accountId());
      if (isReached(limits.messagesPerHour(), sent.thisHour())) {
        return tooMany(limits.messagesPerHour(), "hour");
      }
      if (isReached(limits.messagesPerDay(), sent.thisDay())) {
        return tooMany(limits.messagesPerDay(), "day");
      }
    }
    return new Permission.Granted(sender);
  }

  private static boolean isReached(long limit, long sent) {
    return limit != PlanLimits.UNLIMITED && sent >= limit;
  }

  private static Permission tooMany(long limit, String span) {
    return new Permission.TooMany("this account may send " + limit + " messages a " + span);
  }

  /** Whether one more recipient is within the plan. */
  public static boolean allowsRecipients(Sender sender, int recipients) {
    long limit = sender.limits().recipientsPerMessage();
    return limit == PlanLimits.UNLIMITED || recipients <= limit;
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
