package dev.postroom.smtp;

import dev.postroom.auth.LoginResult;
import dev.postroom.auth.Sasl;
import dev.postroom.auth.SaslClient;
import dev.postroom.auth.SaslExchange;
import dev.postroom.directory.Viewer;
import dev.postroom.net.LineTooLongException;
import dev.postroom.net.Wire;
import dev.postroom.smtp.syntax.SmtpParser;
import dev.postroom.smtp.syntax.SmtpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One AUTH command with its challenges and responses (RFC 4954 §4). */
final class Authentication {
  /** RFC 4954 §6: the reply to a wrong name or password. */
  static final int WRONG = 535;

  private static final String SERVICE = "submission";

  private final Wire wire;
  private final Sasl sasl;
  private Viewer.@Nullable MailboxUser user;

  Authentication(Wire wire, Sasl sasl) {
    this.wire = wire;
    this.sasl = sasl;
  }

  /** Who has logged in, after {@link #hold} has said 235. */
  Optional<Viewer.MailboxUser> user() {
    return Optional.ofNullable(user);
  }

  /** Ends the exchange by its own means; the message is what the client is told. */
  private static final class Ended extends Exception {
    private final SmtpReply reply;

    Ended(SmtpReply reply) {
      super(reply.text(), null, false, false);
      this.reply = reply;
    }
  }

  /**
   * @param initialResponse in base64, {@code =} for an empty one, null for none
   */
  SmtpReply hold(String mechanism, @Nullable String initialResponse) throws IOException {
    var client = new SaslClient(wire.remote().getAddress(), SERVICE, wire::channelBinding);
    var exchange = sasl.begin(mechanism, client);
    if (exchange.isEmpty()) {
      var known = String.join(", ", sasl.mechanisms(wire::channelBinding));
      return SmtpReply.of(504, "5.5.4", "what is known here: " + known);
    }
    try {
      return outcome(exchange.get(), initialResponse);
    } catch (Ended ended) {
      return ended.reply;
    }
  }

  private SmtpReply outcome(SaslExchange exchange, @Nullable String initialResponse)
      throws IOException, Ended {
    var step = exchange.begin();
    if (initialResponse != null && step instanceof SaslExchange.Step.Challenge) {
      // RFC 4954 §4: the initial response answers a challenge that is not sent
      step = exchange.next(initialResponse.equals("=") ? new byte[0] : decode(initialResponse));
    }
    while (step instanceof SaslExchange.Step.Challenge(var octets)) {
      step = exchange.next(ask(octets));
    }
    return switch (step) {
      case SaslExchange.Step.Done(var result) -> conclude(result);
      case SaslExchange.Step.Refused(var why) -> SmtpReply.of(WRONG, "5.7.8", why);
      case SaslExchange.Step.Malformed(var why) -> SmtpReply.of(501, "5.5.2", why);
      case SaslExchange.Step.Challenge _ -> throw new IllegalStateException("left the loop");
    };
  }

  private byte[] ask(byte[] challenge) throws IOException, Ended {
    wire.write("334 " + Base64.getEncoder().encodeToString(challenge) + "\r\n");
    try {
      String line = wire.readLine(SmtpParser.MAX_AUTH_OCTETS).text();
      if (line.equals("*")) {
        throw new Ended(SmtpReply.of(501, "5.7.0", "login cancelled"));
      }
      return decode(line);
    } catch (LineTooLongException _) {
      throw new Ended(SmtpReply.of(500, "5.5.6", "this line is too long for a login"));
    }
  }

  private static byte[] decode(String base64) throws Ended {
    try {
      return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      throw new Ended(SmtpReply.of(501, "5.5.2", "that is not base64"));
    }
  }

  private SmtpReply conclude(LoginResult result) {
    return switch (result) {
      case LoginResult.Welcome(var viewer) -> welcome(viewer);
      case LoginResult.Wrong _ -> wrong();
      // RFC 5248: X.7.13 user account disabled
      case LoginResult.Suspended(var reason) ->
          SmtpReply.of(
              525, "5.7.13", "login is suspended" + (reason.isEmpty() ? "" : ": " + reason));
      case LoginResult.Throttled(var retryAfter) ->
          SmtpReply.of(
              454,
              "4.7.0",
              "too many failed logins; try again in "
                  + Math.max(1, retryAfter.toSeconds())
                  + " seconds");
    };
  }

  private SmtpReply welcome(Viewer viewer) {
    return switch (viewer) {
      case Viewer.MailboxUser mailboxUser -> {
        user = mailboxUser;
        yield SmtpReply.of(235, "2.7.0", "welcome, " + mailboxUser.address());
      }
      case Viewer.Person _, Viewer.Server _ -> wrong(); // only mailboxes send mail
    };
  }

  private static SmtpReply wrong() {
    return SmtpReply.of(WRONG, "5.7.8", "wrong name or password");
  }
}
