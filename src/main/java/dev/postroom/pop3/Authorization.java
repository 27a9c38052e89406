package dev.postroom.pop3;

import dev.postroom.auth.LoginResult;
import dev.postroom.auth.Logins;
import dev.postroom.auth.Sasl;
import dev.postroom.auth.SaslClient;
import dev.postroom.auth.SaslExchange;
import dev.postroom.directory.Viewer;
import dev.postroom.net.Wire;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is said in the AUTHORIZATION state (RFC 1939 §4, RFC 5034). */
final class Authorization {
  private static final String SERVICE = "pop3";

  private final Wire wire;
  private final Replies replies;
  private final Pop3Config config;
  private final Logins logins;
  private final Sasl sasl;
  private @Nullable String user;
  private int failures;

  Authorization(Wire wire, Pop3Config config, Logins logins, Sasl sasl) {
    this.wire = wire;
    this.replies = new Replies(wire);
    this.config = config;
    this.logins = logins;
    this.sasl = sasl;
  }

  /** RFC 2595 §2.3: no password crosses the network in plain text unless the settings allow it. */
  boolean takesPasswords() {
    return wire.isSecure() || config.plaintextLogin();
  }

  private boolean refusesPasswords() throws IOException {
    if (takesPasswords()) {
      return false;
    }
    replies.error("passwords are taken over TLS only: STLS first");
    return true;
  }

  boolean hasFailedTooOften() {
    return failures >= config.failedLogins();
  }

  void user(String name) throws IOException {
    if (!refusesPasswords()) {
      user = name;
      // RFC 1939 §13: whether there is such a mailbox is nobody's business
      replies.ok("and the password?");
    }
  }

  /** The mailbox, when the login is good. */
  OptionalLong pass(String password) throws IOException {
    var name = user;
    user = null;
    if (refusesPasswords()) {
      return OptionalLong.empty();
    }
    if (name == null) {
      replies.error("USER first");
      return OptionalLong.empty();
    }
    return conclude(logins.mailbox(name, password, wire.remote().getAddress(), SERVICE));
  }

  /** RFC 2595 §4: what was said before the handshake is forgotten. */
  void startTls() throws IOException {
    if (wire.isSecure()) {
      replies.error("this is TLS already");
    } else if (!wire.canStartTls()) {
      replies.error("there is no certificate, TLS is not available");
    } else {
      replies.ok("begin TLS");
      wire.startTls();
      user = null;
    }
  }

  /** What is announced (RFC 5034 §3). */
  List<String> mechanisms() {
    return sasl.mechanisms(wire::channelBinding);
  }

  void listMechanisms() throws IOException {
    replies.ok("mechanisms");
    if (takesPasswords()) {
      for (var mechanism : mechanisms()) {
        replies.line(mechanism);
      }
    }
    replies.endOfLines();
  }

  /** RFC 5034 §4. The mailbox, when the login is good. */
  OptionalLong auth(String mechanism, Optional<String> initialResponse) throws IOException {
    if (refusesPasswords()) {
      return OptionalLong.empty();
    }
    var client = new SaslClient(wire.remote().getAddress(), SERVICE, wire::channelBinding);
    var exchange = sasl.begin(mechanism, client);
    if (exchange.isEmpty()) {
      replies.error("unknown mechanism");
      return OptionalLong.empty();
    }
    return converse(exchange.get(), initialResponse);
  }

  private OptionalLong converse(SaslExchange exchange, Optional<String> initialResponse)
      throws IOException {
    Optional<SaslExchange.Step> step =
        initialResponse.isPresent()
            // RFC 5034 §4: a single equals sign is an initial response without octets
            ? decoded(initialResponse.get().equals("=") ? "" : initialResponse.get())
                .map(exchange::next)
            : Optional.of(exchange.begin());
    while (step.isPresent() && step.get() instanceof SaslExchange.Step.Challenge(var octets)) {
      replies.challenge(Base64.getEncoder().encodeToString(octets));
      var response = wire.readLine(Pop3Session.MAX_LINE).text();
      if (response.equals("*")) {
        replies.error("cancelled");
        return OptionalLong.empty();
      }
      step = decoded(response).map(exchange::next);
    }
    return step.isPresent() ? conclude(step.get()) : OptionalLong.empty();
  }

  /** The octets; or, once the client has been told, nothing. */
  private Optional<byte[]> decoded(String base64) throws IOException {
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException _) {
      replies.error("that is not base64");
      return Optional.empty();
    }
  }

  private OptionalLong conclude(SaslExchange.Step step) throws IOException {
    return switch (step) {
      case SaslExchange.Step.Done(var result) -> conclude(result);
      case SaslExchange.Step.Refused(var why) -> failed(Replies.Code.AUTH, why);
      case SaslExchange.Step.Malformed(var why) -> {
        replies.error(why);
        yield OptionalLong.empty();
      }
      case SaslExchange.Step.Challenge _ -> throw new IllegalStateException("answered before");
    };
  }

  private OptionalLong conclude(LoginResult result) throws IOException {
    return switch (result) {
      case LoginResult.Welcome(Viewer.MailboxUser(var mailboxId, _)) -> OptionalLong.of(mailboxId);
      case LoginResult.Welcome _, LoginResult.Wrong _ ->
          failed(Replies.Code.AUTH, "name or password is wrong");
      case LoginResult.Suspended _ -> failed(Replies.Code.AUTH, "this mailbox is suspended");
      case LoginResult.Throttled(var retryAfter) ->
          failed(
              Replies.Code.SYS_TEMP,
              "too many failed logins, try again in " + retryAfter.toSeconds() + " s");
    };
  }

  private OptionalLong failed(Replies.Code code, String text) throws IOException {
    failures++;
    pause();
    replies.error(code, text);
    return OptionalLong.empty();
  }

  /** Slows down who guesses; costs a virtual thread. */
  private void pause() throws IOException {
    try {
      Thread.sleep(config.failureDelay());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
