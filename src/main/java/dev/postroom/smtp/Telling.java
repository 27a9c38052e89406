package dev.postroom.smtp;

import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.net.Wire;
import dev.postroom.routing.Verdict;
import dev.postroom.smtp.syntax.ForwardPath;
import dev.postroom.smtp.syntax.SmtpReply;
import dev.postroom.trace.Origin;
import dev.postroom.trace.Step;
import dev.postroom.trace.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Tells how messages came in, and why others did not. */
@ApplicationScoped
class Telling {
  private final Trace trace;

  Telling(Trace trace) {
    this.trace = trace;
  }

  /** The recipient was refused: it concerns whoever it belongs to, or whoever has logged in. */
  void refused(Transaction mail, ForwardPath recipient, SmtpReply reply) {
    var address = recipient instanceof ForwardPath.To(var named) ? named : null;
    mail.story().add(account(mail), address, new Step.Refused(reply.toString()));
  }

  /** A user was refused before the message had begun. */
  void refused(
      TraceId id, Who who, MailAddress user, ReversePath sender, SmtpReply reply, Wire wire) {
    trace.record(
        trace
            .begin(id)
            .from(origin(who, user, sender, wire))
            .add(null, null, new Step.Refused(reply.toString())));
  }

  /** Which of our services, and what the client called itself. */
  record Who(Service service, @Nullable Hello hello) {}

  void ended(TransactionLog.Ended ended, Wire wire) {
    var mail = ended.mail();
    switch (ended.outcome()) {
      case "refused" ->
          mail.recipients().forEach(taken -> add(mail, taken, new Step.Refused(ended.result())));
      case "lost" -> mail.recipients().forEach(taken -> add(mail, taken, new Step.Abandoned()));
      default -> {} // told by routing; or the client thought better of it
    }
    var sender = mail.sender();
    var login = sender == null ? null : sender.address();
    var who = new Who(ended.service(), ended.hello());
    trace.record(mail.story().from(origin(who, login, mail.reversePath(), wire)));
  }

  private static void add(Transaction mail, Verdict.Taken recipient, Step step) {
    mail.story().add(account(mail), recipient.recipient(), step);
  }

  private static @Nullable Long account(Transaction mail) {
    var sender = mail.sender();
    return sender == null ? null : Long.valueOf(sender.accountId());
  }

  private static Origin origin(
      Who who, @Nullable MailAddress login, ReversePath sender, Wire wire) {
    return new Origin(
        who.service().label(),
        wire.remote().getAddress().getHostAddress(),
        who.hello() == null ? "" : who.hello().name(),
        wire.tlsDescription(),
        login,
        sender);
  }
}
