package dev.postroom.smtp;

import dev.postroom.auth.Sasl;
import dev.postroom.directory.Viewer;
import dev.postroom.guard.Guard;
import dev.postroom.mail.BodyType;
import dev.postroom.net.LineTooLongException;
import dev.postroom.net.ShutdownException;
import dev.postroom.net.Wire;
import dev.postroom.net.WireClosedException;
import dev.postroom.net.WireTimeoutException;
import dev.postroom.routing.Verdict;
import dev.postroom.smtp.syntax.SmtpCommand;
import dev.postroom.smtp.syntax.SmtpParser;
import dev.postroom.smtp.syntax.SmtpReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SMTP conversation, from the greeting to the goodbye. Everything here happens on the
 * conversation's own virtual thread.
 */
final class SmtpSession {
  /** What every session works with. */
  record Context(
      SmtpConfig config,
      String hostname,
      Sasl sasl,
      Admission admission,
      Reception reception,
      TransactionLog log,
      Guard guard) {}

  private static final SmtpReply HELLO_FIRST =
      SmtpReply.of(503, "5.5.1", "say EHLO first, with the name of your host");
  private static final SmtpReply MAIL_FIRST =
      SmtpReply.of(503, "5.5.1", "say MAIL FROM:<...> first");

  private static final SmtpReply CHUNKS_FOLLOW =
      SmtpReply.of(503, "5.5.1", "the message has begun in chunks: BDAT, or RSET to forget it");

  private final Wire wire;
  private final Service service;
  private final Context context;
  private final Strikes strikes;
  private final Conduct conduct;
  private @Nullable Hello hello;
  private Viewer.@Nullable MailboxUser user;
  private @Nullable Transaction mail;
  private boolean open = true;

  SmtpSession(Wire wire, Service service, Context context) {
    this.wire = wire;
    this.service = service;
    this.context = context;
    this.strikes = new Strikes(context.config());
    this.conduct = new Conduct(context.guard(), service, wire);
  }

  void hold() throws IOException {
    wire.idleTimeout(context.config().idleTimeout());
    try {
      conduct.beforeGreeting();
      var protocol = service == Service.LMTP ? " LMTP" : " ESMTP";
      send(SmtpReply.plain(220, context.hostname() + protocol + " Postroom is listening"));
      while (open) {
        converse(read());
      }
    } catch (ShutdownException stopping) {
      send(SmtpReply.of(421, "4.3.2", context.hostname() + " is going down; goodbye"));
    } catch (WireTimeoutException silent) {
      send(SmtpReply.of(421, "4.4.2", context.hostname() + " has waited long enough; goodbye"));
    } finally {
      forgetMail("lost");
    }
    wire.flush();
  }

  private SmtpCommand read() throws IOException {
    try {
      return SmtpParser.parse(wire.readLine(SmtpParser.MAX_AUTH_OCTETS).text());
    } catch (LineTooLongException _) {
      return new SmtpCommand.TooLong(SmtpParser.MAX_AUTH_OCTETS);
    }
  }

  private void converse(SmtpCommand command) throws IOException {
    var reply = answer(command);
    send(reply);
    strikes.count(command, reply);
    boolean welcome = user != null || conduct.isAcceptable(command, reply, mail);
    if (command instanceof SmtpCommand.StartTls && reply.isPositive()) {
      becomeSecure();
    }
    if (open && (strikes.areEnough() || !welcome)) {
      send(SmtpReply.of(421, "4.7.0", "too much goes wrong here; goodbye"));
    }
  }

  /** RFC 6531 §3.7.4: more than ASCII only for a client that has said SMTPUTF8. */
  private void send(SmtpReply reply) throws IOException {
    boolean utf8 = mail != null && mail.options().smtpUtf8();
    wire.write((utf8 ? reply : reply.inAscii()).encode());
    open &= reply.code() != 221 && reply.code() != 421;
  }

  /** What fails on our side ends the command, not the conversation. */
  private SmtpReply answer(SmtpCommand command) throws IOException {
    try {
      return reply(command);
    } catch (WireClosedException | WireTimeoutException | ShutdownException gone) {
      throw gone;
    } catch (IOException | RuntimeException failure) {
      return Trouble.reply(failure, mail == null ? context.admission().nextTrace() : mail.trace());
    }
  }

  private SmtpReply reply(SmtpCommand command) throws IOException {
    return switch (command) {
      case SmtpCommand.Ehlo(var name) -> greet(name, Hello.Verb.EHLO);
      case SmtpCommand.Helo(var name) -> greet(name, Hello.Verb.HELO);
      case SmtpCommand.Lhlo(var name) -> greet(name, Hello.Verb.LHLO);
      case SmtpCommand.Mail begin -> begin(begin);
      case SmtpCommand.Rcpt recipient -> recipient(recipient);
      case SmtpCommand.Data _ -> data();
      case SmtpCommand.Bdat chunk -> chunk(chunk);
      case SmtpCommand.Rset _ -> reset();
      case SmtpCommand.Noop _ -> SmtpReply.of(250, "2.0.0", "fine");
      case SmtpCommand.Quit _ -> quit();
      // RFC 5321 §3.5.3, §7.3: who has a mailbox here is nobody's business
      case SmtpCommand.Vrfy _ -> SmtpReply.of(252, "2.0.0", "send the message, and RCPT will tell");
      case SmtpCommand.Expn _ -> SmtpReply.of(502, "5.5.1", "lists are not shown here");
      case SmtpCommand.Help(var topic) -> HelpText.about(topic, service);
      case SmtpCommand.Auth(var mechanism, var initial) -> authenticate(mechanism, initial);
      case SmtpCommand.StartTls _ -> startTls();
      case SmtpCommand.Unknown(var verb) -> unknown(verb);
      case SmtpCommand.Malformed(var code, var status, var why) ->
          new SmtpReply(code, status, List.of(why));
      case SmtpCommand.TooLong(var limit) ->
          SmtpReply.of(500, "5.5.2", "a line has at most " + limit + " octets here");
    };
  }

  private static SmtpReply unknown(String verb) {
    return switch (verb) {
      // a browser that was led here to smuggle commands in a request
      case "GET", "POST", "PUT", "CONNECT", "HEAD", "OPTIONS" ->
          SmtpReply.of(421, "4.7.0", "this is SMTP, not HTTP; goodbye");
      default -> SmtpReply.of(500, "5.5.2", "unknown command '" + verb + "'; HELP lists them");
    };
  }

  // Who is there?

  private SmtpReply greet(String name, Hello.Verb verb) {
    if ((verb == Hello.Verb.LHLO) != (service == Service.LMTP)) {
      // RFC 2033 §4.1: each protocol refuses the other's
      return SmtpReply.of(500, "5.5.1", service == Service.LMTP ? "say LHLO" : "this is no LMTP");
    }
    forgetMail("reset"); // RFC 5321 §4.1.4: EHLO is also a RSET
    hello = new Hello(name, verb);
    String line = context.hostname() + " greets " + name;
    return hello.isExtended()
        ? new SmtpReply(250, null, extensions(line))
        : SmtpReply.plain(250, line);
  }

  private List<String> extensions(String greeting) {
    var lines = new ArrayList<String>();
    lines.add(greeting);
    lines.add("PIPELINING");
    lines.add("SIZE " + context.config().maxMessageSize().asLongValue());
    lines.add("8BITMIME");
    lines.add("CHUNKING");
    lines.addAll(context.admission().announced(offer()));
    lines.add("ENHANCEDSTATUSCODES");
    if (wire.canStartTls()) {
      lines.add("STARTTLS"); // RFC 3207 §4.2: not again after it
    }
    if (offersLogin()) {
      lines.add("AUTH " + String.join(" ", context.sasl().mechanisms(wire::channelBinding)));
    }
    return lines;
  }

  private Offer offer() {
    return new Offer(service, wire.isSecure(), context.config());
  }

  private boolean offersLogin() {
    return service.forUsers() && wire.isSecure();
  }

  private SmtpReply startTls() {
    if (wire.isSecure()) {
      return SmtpReply.of(503, "5.5.1", "the connection is encrypted already");
    }
    return wire.canStartTls()
        ? SmtpReply.of(220, "2.0.0", "ready for the handshake")
        : SmtpReply.of(454, "4.7.0", "no certificate is there at present"); // RFC 3207 §4
  }

  private void becomeSecure() throws IOException {
    wire.startTls();
    // RFC 3207 §4.2: what was said in plain text was never said
    forgetMail("reset");
    hello = null;
    user = null;
  }

  private SmtpReply authenticate(String mechanism, @Nullable String initial) throws IOException {
    if (!service.forUsers()) {
      return SmtpReply.of(502, "5.5.1", "to log in, use port 587 or 465");
    }
    if (hello == null) {
      return HELLO_FIRST;
    }
    if (!wire.isSecure()) {
      return SmtpReply.of(538, "5.7.11", "passwords are only heard encrypted: STARTTLS first");
    }
    if (user != null || mail != null) {
      return SmtpReply.of(
          503, "5.5.1", user != null ? "you are logged in already" : "not within a message");
    }
    var exchange = new Authentication(wire, context.sasl());
    var reply = exchange.hold(mechanism, initial);
    user = exchange.user().orElse(null);
    return reply;
  }

  // A message

  private SmtpReply begin(SmtpCommand.Mail command) {
    if (hello == null) {
      return HELLO_FIRST;
    }
    if (mail != null) {
      return SmtpReply.of(503, "5.5.1", "one message at a time; RSET forgets the one begun");
    }
    if (service.forUsers() && user == null) {
      return SmtpReply.of( // RFC 4954 §6, RFC 3207 §4
          530,
          "5.7.0",
          wire.isSecure() ? "log in first: AUTH PLAIN" : "STARTTLS first, then log in");
    }
    return switch (context.admission().begin(command, offer(), user)) {
      case Admission.Begin.Begun(var transaction, var reply) -> {
        mail = transaction;
        context.log().begin(transaction);
        yield reply;
      }
      case Admission.Begin.Refused(var reply) -> refused(command, reply);
    };
  }

  private SmtpReply recipient(SmtpCommand.Rcpt command) {
    if (mail == null) {
      return hello == null ? HELLO_FIRST : MAIL_FIRST;
    }
    if (mail.hasChunks()) {
      return CHUNKS_FOLLOW;
    }
    var reply = context.admission().recipient(command, offer(), mail);
    if (!reply.isPositive()) {
      mail.refuse(reply);
      context.log().telling().refused(mail, command.recipient(), reply);
      context.log().refused(wire, mail, "rcpt=" + command.recipient(), reply);
    }
    return reply;
  }

  private SmtpReply refused(SmtpCommand.Mail command, SmtpReply reply) {
    context.log().refused(wire, mail, "from=" + command.reversePath(), reply);
    if (user != null) {
      var who = new Telling.Who(service, hello);
      var id = context.admission().nextTrace();
      var sender = command.reversePath();
      context.log().telling().refused(id, who, user.address(), sender, reply, wire);
    }
    return reply;
  }

  private SmtpReply data() throws IOException {
    if (hello == null || mail == null) {
      return hello == null ? HELLO_FIRST : MAIL_FIRST;
    }
    if (mail.recipients().isEmpty()) {
      return noRecipient(mail);
    }
    if (mail.hasChunks()) {
      return CHUNKS_FOLLOW;
    }
    if (mail.options().body() == BodyType.BINARY_MIME) {
      return SmtpReply.of(503, "5.5.1", "BODY=BINARYMIME goes with BDAT"); // RFC 3030 §3
    }
    return over(mail, context.reception().receive(wire, mail, hello));
  }

  /** RFC 3030 §2. A chunk is read whatever is answered: the client does not wait to send it. */
  private SmtpReply chunk(SmtpCommand.Bdat chunk) throws IOException {
    if (hello == null || mail == null || mail.recipients().isEmpty()) {
      context.reception().skip(wire, chunk);
      return hello == null ? HELLO_FIRST : mail == null ? MAIL_FIRST : noRecipient(mail);
    }
    var message = mail;
    var result = context.reception().receiveChunk(wire, message, hello, chunk);
    return result.isPresent()
        ? over(message, result.get())
        : SmtpReply.of(250, "2.0.0", chunk.octets() + " octets, go on");
  }

  private SmtpReply noRecipient(Transaction mail) {
    // RFC 5321 §4.1.1.4: 503 or 554; RFC 2033 §4.2: 503
    if (!mail.hasRefusedRecipients() || service.repliesForEachRecipient()) {
      return SmtpReply.of(503, "5.5.1", "say RCPT TO:<...> first");
    }
    return mail.hasDeferredRecipients()
        ? SmtpReply.of(451, "4.5.1", "no recipient was accepted; try again later")
        : SmtpReply.of(554, "5.5.1", "no recipient was accepted");
  }

  /**
   * RFC 5321 §4.1.1.4: however a message ends, the transaction is over.
   *
   * @return the last reply
   */
  private SmtpReply over(Transaction message, Reception.Result result) throws IOException {
    mail = null;
    var last = result.reply();
    if (service.repliesForEachRecipient() && result.complete()) {
      last = sendAllButTheLast(message.recipients(), result.ending());
    }
    end(message, result.isTaken() ? "taken" : "refused", result.reply().toString(), result.size());
    if (result.isTaken()) {
      strikes.forgive();
      conduct.forgive();
    }
    return last;
  }

  private SmtpReply sendAllButTheLast(List<Verdict.Taken> recipients, Reception.Ending ending)
      throws IOException {
    for (var recipient : recipients.subList(0, recipients.size() - 1)) {
      send(ending.replyFor(recipient.recipient()));
    }
    return ending.replyFor(recipients.getLast().recipient());
  }

  private SmtpReply reset() {
    forgetMail("reset");
    return SmtpReply.of(250, "2.0.0", "forgotten");
  }

  private SmtpReply quit() {
    forgetMail("quit");
    return SmtpReply.of(221, "2.0.0", "goodbye");
  }

  private void forgetMail(String why) {
    if (mail != null) {
      end(mail, why, why, 0);
      mail = null;
    }
  }

  private void end(Transaction message, String outcome, String result, long size) {
    message.close();
    conduct.judge(message);
    context
        .log()
        .end(new TransactionLog.Ended(service, hello, message, outcome, result, size), wire);
  }
}
