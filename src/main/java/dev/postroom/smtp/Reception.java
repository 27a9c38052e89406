package dev.postroom.smtp;

import dev.postroom.mail.BodyType;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import dev.postroom.net.ShutdownException;
import dev.postroom.net.Wire;
import dev.postroom.net.WireClosedException;
import dev.postroom.net.WireTimeoutException;
import dev.postroom.routing.Arrival;
import dev.postroom.routing.Intake;
import dev.postroom.routing.Outcome;
import dev.postroom.routing.Submission;
import dev.postroom.smtp.syntax.SmtpCommand;
import dev.postroom.smtp.syntax.SmtpReply;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** DATA and BDAT: from the go-ahead to the message being durable, or not there at all. */
@ApplicationScoped
class Reception {
  private static final Logger LOG = Logger.getLogger(Reception.class);

  /**
   * How it went.
   *
   * @param size octets that the client sent
   * @param complete whether the client has sent all of the message
   */
  record Result(Ending ending, long size, boolean complete) {
    SmtpReply reply() {
      return ending.reply();
    }

    boolean isTaken() {
      return reply().code() == TAKEN;
    }
  }

  /**
   * How a message ends.
   *
   * @param full recipients that had no room while others had, where each has a reply of its own
   */
  record Ending(SmtpReply reply, Set<MailAddress> full) {
    Ending(SmtpReply reply) {
      this(reply, Set.of());
    }

    SmtpReply replyFor(MailAddress recipient) {
      return full.contains(recipient) ? FULL : reply;
    }
  }

  private static final int TAKEN = 250;
  private static final SmtpReply FULL =
      SmtpReply.of(452, "4.2.2", "the mailbox is full; try again later");
  private static final String GO_AHEAD = "354 go ahead; a line with nothing but a dot ends it\r\n";

  private final Intake intake;
  private final Submission submission;
  private final SmtpConfig config;
  private final ServerConfig server;
  private final Clock clock;

  Reception(
      Intake intake, Submission submission, SmtpConfig config, ServerConfig server, Clock clock) {
    this.intake = intake;
    this.submission = submission;
    this.config = config;
    this.server = server;
    this.clock = clock;
  }

  /**
   * Runs on the conversation's thread and holds one chunk of the message in memory.
   *
   * @throws IOException when the wire fails
   */
  Result receive(Wire wire, Transaction mail, Hello hello) throws IOException {
    try {
      return keep(wire, mail, hello);
    } catch (WireClosedException | WireTimeoutException | ShutdownException gone) {
      throw gone;
    } catch (IOException | RuntimeException failure) {
      return new Result(new Ending(Trouble.reply(failure, mail.trace())), 0, false);
    }
  }

  private Result keep(Wire wire, Transaction mail, Hello hello) throws IOException {
    try (var message = open(wire, mail, hello)) {
      wire.write(GO_AHEAD);
      var received = DataReader.untilDot(wire, config).read(message.to());
      return new Result(ending(message, received), received.size(), true);
    }
  }

  /**
   * A chunk of a message (RFC 3030 §2). Its octets are read, whatever is answered.
   *
   * @return empty while more chunks are awaited
   * @throws IOException when the wire fails
   */
  Optional<Result> receiveChunk(Wire wire, Transaction mail, Hello hello, SmtpCommand.Bdat chunk)
      throws IOException {
    ChunkedMessage chunks;
    try {
      chunks = mail.chunks(() -> new ChunkedMessage(open(wire, mail, hello), wire, config));
    } catch (IOException | RuntimeException failure) {
      skip(wire, chunk);
      var trouble = new Ending(Trouble.reply(failure, mail.trace()));
      return Optional.of(new Result(trouble, 0, chunk.last()));
    }
    chunks.read(chunk);
    if (!chunks.hasEnded()) {
      return Optional.empty();
    }
    var received = chunks.received();
    return Optional.of(
        new Result(ending(chunks.message(), received), received.size(), chunk.last()));
  }

  /** Makes it durable, or says why not. */
  private Ending ending(OpenMessage message, DataReader.Received received) {
    try {
      var objection = objection(message, received);
      return objection.isPresent() ? new Ending(objection.get()) : take(message);
    } catch (IOException | RuntimeException failure) {
      return new Ending(Trouble.reply(failure, message.mail().trace()));
    }
  }

  /** Reads past a chunk that belongs to no message: it is never taken for commands. */
  void skip(Wire wire, SmtpCommand.Bdat chunk) throws IOException {
    DataReader.ofChunks(wire, config, BodyType.SEVEN_BIT)
        .readChunk(chunk.octets(), OutputStream.nullOutputStream());
  }

  /** The trace fields are written; the message is to follow. */
  private OpenMessage open(Wire wire, Transaction mail, Hello hello) throws IOException {
    var content = intake.write();
    try {
      content.write(
          ReceivedFields.of(mail, hello, wire, server.hostname(), clock.instant())
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException failed) {
      content.close();
      throw failed;
    }
    var sender = mail.sender();
    return new OpenMessage(
        mail,
        content,
        sender == null ? null : submission.completion(content, sender, mail.trace()),
        hello.verb() == Hello.Verb.LHLO);
  }

  private Optional<SmtpReply> objection(OpenMessage message, DataReader.Received received)
      throws IOException {
    if (received.tooLarge()) {
      return Optional.of(MailParameters.tooLarge(config.maxMessageSize().asLongValue()));
    }
    if (received.failure() != null) {
      return Optional.of(Trouble.reply(received.failure(), message.mail().trace()));
    }
    if (received.strays() > 0) {
      LOG.infof("bare CRs and LFs made harmless: %d", received.strays());
    }
    return message
        .completed()
        .map(refusal -> new SmtpReply(550, refusal.status(), List.of(refusal.why())));
  }

  private Ending take(OpenMessage message) throws IOException {
    var mail = message.mail();
    var arrival =
        new Arrival(
            mail.story(),
            mail.reversePath(),
            mail.recipients(),
            message.content().keep(),
            mail.sender(),
            mail.options(),
            message.toldApart());
    var outcome = intake.take(arrival);
    var reply = reply(outcome, mail);
    return outcome instanceof Outcome.Taken taken
        ? new Ending(reply, taken.full())
        : new Ending(reply);
  }

  private static SmtpReply reply(Outcome outcome, Transaction mail) {
    return switch (outcome) {
      case Outcome.Taken _ -> SmtpReply.of(TAKEN, "2.0.0", "taken as " + mail.trace());
      case Outcome.Full _ -> FULL;
      case Outcome.Refused(var deadEnd) -> Admission.deadEnd(deadEnd);
      case Outcome.Outdated _ ->
          SmtpReply.of(451, "4.3.0", "a recipient has changed meanwhile; try again");
      case Outcome.TooManyHops(var hops) ->
          SmtpReply.of(554, "5.4.6", "it has been through " + hops + " servers: a mail loop");
    };
  }
}
