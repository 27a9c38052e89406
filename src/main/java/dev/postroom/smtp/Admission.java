package dev.postroom.smtp;

import dev.postroom.directory.Viewer;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.routing.DeadEnd;
import dev.postroom.routing.Permission;
import dev.postroom.routing.Router;
import dev.postroom.routing.Sender;
import dev.postroom.routing.Submission;
import dev.postroom.routing.Verdict;
import dev.postroom.sending.Refusal;
import dev.postroom.smtp.syntax.ForwardPath;
import dev.postroom.smtp.syntax.SmtpCommand;
import dev.postroom.smtp.syntax.SmtpReply;
import dev.postroom.trace.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Says whether a message may begin, and whom it may go to. */
@ApplicationScoped
class Admission {
  /** The answer to MAIL. */
  sealed interface Begin {
    record Begun(Transaction mail, SmtpReply reply) implements Begin {}

    record Refused(SmtpReply reply) implements Begin {}
  }

  private final Submission submission;
  private final Router router;
  private final SmtpConfig config;
  private final Trace trace;
  private final Clock clock;
  private final RandomGenerator random;

  Admission(
      Submission submission,
      Router router,
      SmtpConfig config,
      Trace trace,
      Clock clock,
      RandomGenerator random) {
    this.submission = submission;
    this.router = router;
    this.config = config;
    this.trace = trace;
    this.clock = clock;
    this.random = random;
  }

  /** What EHLO says of the extensions offered. */
  List<String> announced(Offer offer) {
    return offer.announced(clock.instant());
  }

  /**
   * @param user who has logged in, null on port 25
   */
  Begin begin(SmtpCommand.Mail command, Offer offer, Viewer.@Nullable MailboxUser user) {
    var parameters = new MailParameters(offer, clock.instant());
    var objection = parameters.objection(command.parameters());
    if (objection != null) {
      return new Begin.Refused(objection);
    }
    return user == null
        ? begun(command.reversePath(), null, parameters)
        : begin(command.reversePath(), user, parameters);
  }

  private Begin begin(ReversePath reversePath, Viewer.MailboxUser user, MailParameters parameters) {
    return switch (submission.ask(user, reversePath)) {
      case Permission.Granted(var sender) -> begun(reversePath, sender, parameters);
      case Permission.Suspended(var reason) ->
          refused(550, "5.7.1", "sending is suspended" + (reason.isEmpty() ? "" : ": " + reason));
      case Permission.NotYours(var address) when address.sameMailboxAs(user.address()) ->
          refused(553, "5.7.1", "nobody has shown yet whose domain " + address.domain() + " is");
      case Permission.NotYours(var address) ->
          refused(553, "5.7.1", address + " is not an address of " + user.address());
      case Permission.TooMany(var refusal) -> new Begin.Refused(limit(refusal));
    };
  }

  private static Begin refused(int code, String status, String text) {
    return new Begin.Refused(SmtpReply.of(code, status, text));
  }

  private Begin begun(ReversePath reversePath, @Nullable Sender sender, MailParameters parameters) {
    var mail = new Transaction(trace.begin(nextTrace()), reversePath, sender, parameters.size());
    mail.ask(parameters.options());
    var reply =
        parameters.hasLoweredPriority() // RFC 6710 §4: the reply begins with the new one
            ? SmtpReply.of(250, "2.3.6", mail.options().priority() + " is its priority")
            : SmtpReply.of(250, "2.1.0", "message " + mail.trace() + " from " + reversePath);
    return new Begin.Begun(mail, reply);
  }

  TraceId nextTrace() {
    return TraceId.next(clock, random);
  }

  /** The answer to RCPT; the transaction has the recipient when it is positive. */
  SmtpReply recipient(SmtpCommand.Rcpt command, Offer offer, Transaction mail) {
    if (command.utf8() && !mail.options().smtpUtf8()) {
      return SmtpReply.of(553, "5.6.7", "an address beyond ASCII needs SMTPUTF8 in MAIL");
    }
    var parameters = new RcptParameters(offer);
    var objection = parameters.objection(command.parameters());
    if (objection != null) {
      return objection;
    }
    if (!mayHaveOneMore(mail)) {
      // RFC 5321 §4.5.3.1.10: the client sends the message again, to the others
      return SmtpReply.of(452, "4.5.3", "too many recipients; send it again to the others");
    }
    return switch (verdict(command.recipient(), mail)) {
      case Verdict.Taken taken -> take(taken.with(parameters.options()), mail);
      case Verdict.Refused(var deadEnd) -> deadEnd(deadEnd);
      case Verdict.RelayDenied(var recipient) ->
          SmtpReply.of(
              550, "5.7.1", recipient + ": relaying denied; to send, log in on port 587 or 465");
      case Verdict.Full(var recipient) ->
          SmtpReply.of(452, "4.2.2", recipient + ": the mailbox is full; try again later");
    };
  }

  private static SmtpReply take(Verdict.Taken taken, Transaction mail) {
    var sender = mail.sender();
    var refusal = sender == null ? Optional.<Refusal>empty() : sender.room().recipient();
    if (refusal.isPresent()) {
      return limit(refusal.get());
    }
    mail.take(taken);
    return SmtpReply.of(250, "2.1.5", taken.recipient() + " is welcome");
  }

  /** RFC 5321 §4.2.1: 4xx when the same will be taken later, 5xx when it never will. */
  private static SmtpReply limit(Refusal refusal) {
    return refusal.isForGood()
        ? SmtpReply.of(550, "5.7.1", refusal.text())
        : SmtpReply.of(450, "4.7.1", refusal.text());
  }

  private boolean mayHaveOneMore(Transaction mail) {
    int next = mail.recipients().size() + 1;
    var sender = mail.sender();
    return next <= config.maxRecipients()
        && mail.hasRoomForCopies()
        && (sender == null || sender.room().allowsRecipients(next));
  }

  private Verdict verdict(ForwardPath recipient, Transaction mail) {
    return switch (recipient) {
      case ForwardPath.To(var address) ->
          router.verdict(address, mail.reversePath(), mail.sender(), mail.announcedSize());
      case ForwardPath.Postmaster _ -> router.postmaster(mail.announcedSize());
    };
  }

  static SmtpReply deadEnd(DeadEnd deadEnd) {
    return new SmtpReply(
        deadEnd.status().isPermanentFailure() ? 550 : 450,
        deadEnd.status(),
        List.of(deadEnd.recipient() + ": " + deadEnd.why()));
  }
}
