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
   * @return false when the client is banned from now on
   */
  boolean isAcceptable(SmtpCommand command, SmtpReply reply) throws IOException {
    if (!judged || !reply.isPermanentFailure()) {
      return true;
    }
    var standing = standing(command, reply);
    pause(standing.delay());
    return !standing.banned();
  }

  private Standing standing(SmtpCommand command, SmtpReply reply) {
    if (command instanceof SmtpCommand.Rcpt) {
      return guard.report(client, Offence.WRONG_RECIPIENT);
    }
    if (reply.code() == Authentication.WRONG) {
      return guard.standing(client); // the guard has heard of it from the login
    }
    return guard.report(client, Offence.PROTOCOL_ERROR);
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
