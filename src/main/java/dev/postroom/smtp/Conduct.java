package dev.postroom.smtp;

import dev.postroom.guard.Guard;
import dev.postroom.guard.Offence;
import dev.postroom.guard.Standing;
import dev.postroom.net.Wire;
import dev.postroom.smtp.syntax.SmtpCommand;
import dev.postroom.smtp.syntax.SmtpReply;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells the guard what a client does wrong, and keeps the client waiting when it has done much of
 * it. A wait costs a virtual thread. A server in front that hands over by LMTP is not judged.
 */
final class Conduct {
  private final Guard guard;
  private final Wire wire;
  private final InetAddress client;
  private final boolean judged;
  private final boolean clientWaits;

  Conduct(Guard guard, Service service, Wire wire) {
    this.guard = guard;
    this.wire = wire;
    this.client = wire.remote().getAddress();
    this.judged = service != Service.LMTP;
    this.clientWaits = judged && !service.implicitTls();
  }

  /** Keeps a client that misbehaved before waiting for the greeting, and notes if it does not. */
  void beforeGreeting() throws IOException {
    if (!judged) {
      return;
    }
    pause(guard.standing(client).delay());
    if (clientWaits && wire.hasInput()) {
      guard.report(client, Offence.EARLY_TALK); // RFC 5321 §4.3.1: the client waits for the 220
    }
  }

  /**
   * Looks at how a command was answered.
   *
   * @param mail the transaction it belongs to, if any
   * @return false when the client is banned from now on
   */
  boolean isAcceptable(SmtpCommand command, SmtpReply reply, @Nullable Transaction mail)
      throws IOException {
    if (!judged || !reply.isPermanentFailure()) {
      return true;
    }
    var standing = standing(command, reply, mail);
    pause(standing.delay());
    return !standing.banned();
  }

  private Standing standing(SmtpCommand command, SmtpReply reply, @Nullable Transaction mail) {
    // the guard has heard of a login, and hears of recipients when their transaction is over
    return reply.code() == Authentication.WRONG || isForWantOfRecipients(command, mail)
        ? guard.standing(client)
        : guard.report(client, Offence.PROTOCOL_ERROR);
  }

  /** RFC 2920 §3.1: DATA may be on its way before the client knows that nobody is taken. */
  private static boolean isForWantOfRecipients(SmtpCommand command, @Nullable Transaction mail) {
    return mail != null
        && mail.hasRefusedRecipients()
        && (command instanceof SmtpCommand.Rcpt
            || command instanceof SmtpCommand.Data
            || command instanceof SmtpCommand.Bdat);
  }

  /** A transaction is over: counts what recipients were wrong. */
  void judge(Transaction mail) {
    if (!judged || mail.sender() != null) {
      return;
    }
    for (int i = 0; i < offences(mail); i++) {
      guard.report(client, Offence.WRONG_RECIPIENT);
    }
  }

  /** What strangers make other servers do is not these servers' fault: they must not be banned. */
  private static int offences(Transaction mail) {
    if (mail.reversePath().isNull()) {
      return 0; // RFC 5321 §6.1: a report goes to the sender that was named, however forged
    }
    int wrong = mail.refusedForGood();
    return mail.recipients().isEmpty() ? wrong : Math.min(wrong, 1); // lists grow old
  }

  /** A message was taken: this client is of use. */
  void forgive() {
    if (judged) {
      guard.forgive(client);
    }
  }

  private static void pause(Duration delay) throws IOException {
    if (!delay.isPositive()) {
      return;
    }
    try {
      Thread.sleep(delay);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
