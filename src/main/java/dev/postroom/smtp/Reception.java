package dev.postroom.smtp;

import dev.postroom.mail.ServerConfig;
import dev.postroom.net.ShutdownException;
import dev.postroom.net.Wire;
import dev.postroom.net.WireClosedException;
import dev.postroom.net.WireTimeoutException;
import dev.postroom.routing.Arrival;
import dev.postroom.routing.ContentWriter;
import dev.postroom.routing.HeaderCompletion;
import dev.postroom.routing.Intake;
import dev.postroom.routing.Outcome;
import dev.postroom.routing.Submission;
import dev.postroom.smtp.syntax.SmtpReply;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** DATA: from the go-ahead to the message being durable, or not there at all. */
@ApplicationScoped
class Reception {
  private static final Logger LOG = Logger.getLogger(Reception.class);

  /**
   * How it went.
   *
   * @param size octets that the client sent
   */
  record Result(SmtpReply reply, long size) {
    boolean isTaken() {
      return reply.code() == TAKEN;
    }
  }

  private static final int TAKEN = 250;
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
      return new Result(Trouble.reply(failure, mail.trace()), 0);
    }
  }

  private Result keep(Wire wire, Transaction mail, Hello hello) throws IOException {
    try (var content = intake.write()) {
      content.write(
          ReceivedFields.of(mail, hello, wire, server.hostname(), clock.instant())
              .getBytes(StandardCharsets.UTF_8));
      wire.write(GO_AHEAD);
      var sender = mail.sender();
      var completion = sender == null ? null : submission.completion(content, sender, mail.trace());
      var received =
          new DataReader(wire, config.maxMessageSize().asLongValue(), config.dataTimeout())
              .read(completion == null ? content : completion);
      return new Result(conclude(mail, content, completion, received), received.size());
    }
  }

  private SmtpReply conclude(
      Transaction mail,
      ContentWriter content,
      @Nullable HeaderCompletion completion,
      DataReader.Received received)
      throws IOException {
    if (received.tooLarge()) {
      return MailParameters.tooLarge(config.maxMessageSize().asLongValue());
    }
    if (received.failure() != null) {
      return Trouble.reply(received.failure(), mail.trace());
    }
    if (received.strays() > 0) {
      LOG.infof("bare CRs and LFs made harmless: %d", received.strays());
    }
    if (completion != null) {
      completion.finish();
      if (completion.refusal().isPresent()) {
        var refusal = completion.refusal().get();
        return new SmtpReply(550, refusal.status(), List.of(refusal.why()));
      }
    }
    var arrival =
        new Arrival(
            mail.trace(), mail.reversePath(), mail.recipients(), content.keep(), mail.sender());
    return reply(intake.take(arrival), mail);
  }

  private static SmtpReply reply(Outcome outcome, Transaction mail) {
    return switch (outcome) {
      case Outcome.Taken _ -> SmtpReply.of(TAKEN, "2.0.0", "taken as " + mail.trace());
      case Outcome.Full _ -> SmtpReply.of(452, "4.2.2", "the mailbox is full; try again later");
      case Outcome.Refused(var deadEnd) -> Admission.deadEnd(deadEnd);
      case Outcome.Outdated _ ->
          SmtpReply.of(451, "4.3.0", "a recipient has changed meanwhile; try again");
      case Outcome.TooManyHops(var hops) ->
          SmtpReply.of(554, "5.4.6", "it has been through " + hops + " servers: a mail loop");
    };
  }
}
