package dev.postroom.outbound;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import dev.postroom.smtp.syntax.SmtpReply;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One mail transaction (RFC 5321 §3.3): MAIL, a RCPT for each recipient, DATA. With PIPELINING the
 * envelope goes out in one piece (RFC 2920).
 */
final class SmtpTransaction {
  /** Replies awaited at once, so that neither side's buffers fill while the other waits. */
  private static final int PIPELINE_DEPTH = 50;

  private static final EnhancedStatus TOO_MANY_RECIPIENTS = new EnhancedStatus(4, 5, 3);
  private static final EnhancedStatus SYSTEM_TROUBLE = new EnhancedStatus(4, 3, 0);

  private final SmtpConnection connection;
  private final Shipment shipment;
  private final OutgoingMessage message;
  private final boolean chunked;
  private final EnvelopeCommands commands;
  private final OutboundConfig.Timeouts timeouts;

  private final Map<MailAddress, Attempt> verdicts = new LinkedHashMap<>();
  private final List<MailAddress> accepted = new ArrayList<>();
  private final List<MailAddress> forLater = new ArrayList<>();
  private final Deque<Consumer<SmtpReply>> awaited = new ArrayDeque<>();
  private @Nullable SmtpReply mail;
  private @Nullable SmtpReply data;
  private boolean answered;

  SmtpTransaction(
      SmtpConnection connection,
      OutgoingMessage message,
      OutboundConfig config,
      InstantSource clock) {
    var offered = connection.extensions();
    this.connection = connection;
    this.shipment = message.shipment();
    this.message = message;
    this.chunked =
        message.isBinary() || (offered.chunking() && message.size() >= config.chunkedFrom());
    this.commands = new EnvelopeCommands(message, offered, clock);
    this.timeouts = config.timeouts();
  }

  /** Holds it. Every recipient then has a verdict or stands in {@link #forLater}. */
  void run() {
    connection.countTransaction();
    boolean understood = false;
    try {
      sendEnvelope();
      concludeEnvelope();
      understood = true;
    } catch (IOException lost) {
      undecided(Verdict.lost(connection.host(), "before the message was sent", lost));
    } finally {
      if (!understood) {
        connection.hangUp();
      }
    }
  }

  Map<MailAddress, Attempt> verdicts() {
    return verdicts;
  }

  /** More recipients than the server takes at once: for another transaction. */
  List<MailAddress> forLater() {
    return forLater;
  }

  /** False when the connection was dead, or being ended, before the server answered anything. */
  boolean wasAnswered() {
    return answered;
  }

  private void sendEnvelope() throws IOException {
    connection.wire().idleTimeout(timeouts.envelope());
    issue(commands.mail(), reply -> mail = reply);
    for (var recipient : shipment.recipients()) {
      if (mailRefused()) {
        break;
      }
      issue(commands.recipient(recipient), reply -> answered(recipient, reply));
    }
    // RFC 3030 §2: BDAT is not sent before it is known that somebody is to get it
    if (!chunked
        && !mailRefused()
        && (connection.extensions().pipelining() || !accepted.isEmpty())) {
      issue("DATA", reply -> data = reply);
    }
    settle();
  }

  private void issue(String command, Consumer<SmtpReply> onReply) throws IOException {
    connection.write(command);
    awaited.add(onReply);
    if (!connection.extensions().pipelining() || awaited.size() >= PIPELINE_DEPTH) {
      settle();
    }
  }

  /** Reads the replies to all that was issued. */
  private void settle() throws IOException {
    while (!awaited.isEmpty()) {
      // DATA, when it was issued, was issued last
      var limit = awaited.size() == 1 && mail != null ? timeouts.dataStart() : timeouts.envelope();
      var reply = connection.reply(limit);
      answered |= reply.code() != 421; // RFC 5321 §3.8
      awaited.remove().accept(reply);
      if (connection.isBroken()) {
        dropped(reply); // 421 is the last that is heard
      }
    }
  }

  private void dropped(SmtpReply lastWords) throws IOException {
    undecided(Verdict.failure(connection.host(), lastWords));
    throw new IOException(lastWords.toString());
  }

  private boolean mailRefused() {
    return mail != null && mail.code() != 250;
  }

  private void answered(MailAddress recipient, SmtpReply reply) {
    if (reply.code() == 250 || reply.code() == 251) {
      accepted.add(recipient);
    } else if (!accepted.isEmpty() && meansTooMany(reply)) {
      forLater.add(recipient);
    } else {
      verdicts.put(recipient, Verdict.failure(connection.host(), reply));
    }
  }

  /** RFC 5321 §4.5.3.1.10: 452, or 552 from servers of old. */
  private static boolean meansTooMany(SmtpReply reply) {
    return (reply.code() == 452
            && (reply.status() == null || TOO_MANY_RECIPIENTS.equals(reply.status())))
        || (reply.code() == 552 && reply.status() == null);
  }

  private void concludeEnvelope() throws IOException {
    if (mail != null && mailRefused()) {
      // what the server said to RCPT after that means nothing
      verdicts.clear();
      accepted.clear();
      forLater.clear();
      undecided(Verdict.failure(connection.host(), mail));
    }
    boolean open = data != null && data.code() == 354;
    if (chunked && !accepted.isEmpty()) {
      sendChunks();
    } else if (open && !accepted.isEmpty()) {
      sendContent();
    } else if (open) {
      // RFC 2920 §3.1: DATA was granted without recipients; an empty message ends it
      connection.ask(".", timeouts.dataEnd());
    } else {
      if (data != null) {
        undecided(Verdict.failure(connection.host(), data));
      }
      reset();
    }
  }

  /** RFC 5321 §4.1.1.5: the next transaction starts from nothing. */
  private void reset() throws IOException {
    if (!connection.isBroken() && connection.ask("RSET", timeouts.greeting()).code() != 250) {
      connection.breakOff();
    }
  }

  private void sendContent() throws IOException {
    try {
      new ContentTransfer(connection, message, timeouts).afterData();
    } catch (StoredContent.UnreadableException unreadable) {
      notWhole(unreadable);
      return;
    } catch (IOException interrupted) {
      refusedMidway(interrupted);
      return;
    }
    concludeContent();
  }

  private void sendChunks() {
    var transfer = new ContentTransfer(connection, message, timeouts);
    try {
      if (!transfer.inChunks()) {
        undecided(Verdict.failure(connection.host(), transfer.refusal()));
        connection.hangUp(); // other answers may be on their way
        return;
      }
    } catch (StoredContent.UnreadableException unreadable) {
      notWhole(unreadable);
      return;
    } catch (IOException lost) {
      connection.hangUp();
      undecided(Verdict.lost(connection.host(), "while the message was sent", lost));
      return;
    }
    concludeContent();
  }

  /** Never ends a message that is not whole. */
  private void notWhole(StoredContent.UnreadableException unreadable) {
    connection.hangUp();
    undecided(
        new Attempt.Deferred(connection.host().name(), SYSTEM_TROUBLE, Verdict.text(unreadable)));
  }

  /** A server that does not want the rest may say so before it hangs up. */
  private void refusedMidway(IOException interrupted) {
    try {
      var reply = connection.reply(java.time.Duration.ofSeconds(1));
      undecided(
          reply.isPositive()
              ? Verdict.lost(connection.host(), "while the message was sent", interrupted)
              : Verdict.failure(connection.host(), reply));
    } catch (IOException silent) {
      undecided(Verdict.lost(connection.host(), "while the message was sent", interrupted));
    }
    connection.hangUp();
  }

  private void concludeContent() {
    try {
      var reply = connection.reply(timeouts.dataEnd());
      undecided(
          reply.code() == 250
              ? new Attempt.Delivered(
                  connection.host().name(),
                  reply.toString(),
                  connection.security(),
                  connection.extensions().dsn()
                      && !Deadline.isForgottenBy(shipment, connection.extensions()))
              : Verdict.failure(connection.host(), reply));
    } catch (IOException lost) {
      // RFC 1047: it may have been taken; sending it again is the lesser evil
      connection.hangUp();
      undecided(Verdict.lost(connection.host(), "after the end of the message", lost));
    }
  }

  private void undecided(Attempt verdict) {
    for (var recipient : shipment.recipients()) {
      if (!forLater.contains(recipient)) {
        verdicts.putIfAbsent(recipient, verdict);
      }
    }
  }
}
