package dev.postroom.imap;

import dev.postroom.auth.LoginResult;
import dev.postroom.auth.SaslClient;
import dev.postroom.auth.SaslExchange;
import dev.postroom.auth.SaslExchange.Step;
import dev.postroom.directory.Viewer;
import dev.postroom.imap.syntax.LoginCommand;
import dev.postroom.imap.syntax.LoginCommand.Authenticate;
import dev.postroom.imap.syntax.LoginCommand.Compress;
import dev.postroom.imap.syntax.LoginCommand.Login;
import dev.postroom.imap.syntax.LoginCommand.StartTls;
import dev.postroom.imap.syntax.LoginCommand.Unauthenticate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jboss.logging.Logger;

/** RFC 3501 §6.2: who is there? */
record LoginCommands(ImapSession session) {
  private static final Logger LOG = Logger.getLogger(LoginCommands.class);
  private static final String SERVICE = "imap";
  private static final int MAX_RESPONSE = 8192;
  private static final byte[] EMPTY = {};

  Completion perform(LoginCommand command) throws IOException {
    return switch (command) {
      case StartTls _ -> startTls();
      case Login(var user, var password) -> login(user, password);
      case Authenticate authenticate -> authenticate(authenticate);
      case Compress(var algorithm) -> compress(algorithm);
      case Unauthenticate _ -> unauthenticate();
    };
  }

  /** The handshake follows once the completion is written. */
  private Completion startTls() {
    return session.wire().canStartTls()
        ? Completion.ok("begin TLS now")
        : Completion.bad("no TLS can begin here");
  }

  /** RFC 4978 §3: what follows the completion is compressed. */
  private Completion compress(String algorithm) {
    if (!algorithm.equalsIgnoreCase("DEFLATE")) {
      return Completion.bad("there is no compression " + algorithm);
    }
    return session.wire().isDeflated()
        ? Completion.no("COMPRESSIONACTIVE", "all is compressed already")
        : Completion.ok("DEFLATE from here on");
  }

  /** RFC 8437 §2: as if nobody had signed in. Compression stays for good, so it rules this out. */
  private Completion unauthenticate() {
    if (session.wire().isDeflated()) {
      return Completion.no("CANNOT", "not over a compressed connection");
    }
    session.signedOut();
    var capabilities = Capabilities.beforeLogin(session.wire(), session.services());
    return Completion.ok("CAPABILITY " + capabilities, "who is next?");
  }

  private boolean takesPasswords() {
    return Capabilities.takesPasswords(session.wire(), session.services().config);
  }

  private static Completion privacyRequired() {
    return Completion.no("PRIVACYREQUIRED", "no passwords without TLS"); // RFC 5530 §3
  }

  private Completion login(String user, String password) throws IOException {
    if (!takesPasswords()) {
      return privacyRequired();
    }
    var from = session.wire().remote().getAddress();
    return conclude(session.services().logins.mailbox(user, password, from, SERVICE), "LOGIN");
  }

  private Completion authenticate(Authenticate command) throws IOException {
    if (!takesPasswords()) {
      return privacyRequired();
    }
    var wire = session.wire();
    var client = new SaslClient(wire.remote().getAddress(), SERVICE, wire::channelBinding);
    var exchange = session.services().sasl.begin(command.mechanism(), client).orElse(null);
    if (exchange == null) {
      return Completion.no("CANNOT", "there is no mechanism " + command.mechanism());
    }
    try {
      var step = firstStep(exchange, command);
      while (step instanceof Step.Challenge(var octets)) {
        step = exchange.next(ask(octets));
      }
      return switch (step) {
        case Step.Done(var result) -> conclude(result, "AUTHENTICATE");
        case Step.Refused(var why) -> failed(Completion.no("AUTHENTICATIONFAILED", why));
        case Step.Malformed(var why) -> Completion.bad(why);
        case Step.Challenge _ -> throw new IllegalStateException("answered above");
      };
    } catch (CancelledException cancelled) {
      return Completion.bad(String.valueOf(cancelled.getMessage()));
    }
  }

  /** RFC 4959: the first response may come with the command, {@code =} being an empty one. */
  private static Step firstStep(SaslExchange exchange, Authenticate command)
      throws CancelledException {
    var first = exchange.begin();
    var initial = command.initialResponse();
    return initial == null ? first : exchange.next(initial.equals("=") ? EMPTY : decode(initial));
  }

  private byte[] ask(byte[] challenge) throws IOException, CancelledException {
    session.out().raw("+ ").raw(Base64.getEncoder().encodeToString(challenge)).crlf().flush();
    var line = session.wire().readLine(MAX_RESPONSE).octets();
    var response = new String(line, StandardCharsets.ISO_8859_1);
    if (response.equals("*")) {
      throw new CancelledException("cancelled as you wish"); // RFC 3501 §6.2.2
    }
    return decode(response);
  }

  private static byte[] decode(String base64) throws CancelledException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw new CancelledException("a response is not base64");
    }
  }

  /** The exchange ends before there is anything to check. */
  private static final class CancelledException extends Exception {
    CancelledException(String message) {
      super(message, null, false, false);
    }
  }

  private Completion conclude(LoginResult result, String command) throws IOException {
    return switch (result) {
      case LoginResult.Welcome(Viewer.MailboxUser viewer) -> welcome(viewer, command);
      case LoginResult.Welcome(Viewer.Person _), LoginResult.Welcome(Viewer.Server _) ->
          throw new IllegalStateException("only users of mailboxes sign in here");
      case LoginResult.Wrong _ ->
          failed(Completion.no("AUTHENTICATIONFAILED", "wrong name or password"));
      case LoginResult.Suspended(var reason) ->
          failed(Completion.no("CONTACTADMIN", "this mailbox is suspended: " + reason));
      case LoginResult.Throttled(var after) ->
          failed(
              Completion.no(
                  "UNAVAILABLE",
                  "too many failed logins, try again in " + after.toSeconds() + " seconds"));
    };
  }

  private Completion welcome(Viewer.MailboxUser viewer, String command) {
    var services = session.services();
    var mailbox = services.store.open(viewer.mailboxId());
    var welcome = new Welcome(services.mailboxes, viewer, services.config.welcomeCheck());
    session.signedIn(new State.User(viewer, mailbox, welcome));
    // RFC 3501 §6.2.3: the code saves the client a CAPABILITY
    return Completion.ok(
        "CAPABILITY " + Capabilities.afterLogin(session.wire(), services.config),
        command + " done");
  }

  private Completion failed(Completion completion) throws IOException {
    LOG.infof("login refused from %s: %s", session.wire().remote(), completion.code());
    session.loginFailed();
    return completion;
  }
}
