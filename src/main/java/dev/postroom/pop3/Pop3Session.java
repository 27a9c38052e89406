package dev.postroom.pop3;

import dev.postroom.auth.AuthUnavailableException;
import dev.postroom.auth.Logins;
import dev.postroom.auth.Sasl;
import dev.postroom.blob.Blobs;
import dev.postroom.directory.DirectoryUnavailableException;
import dev.postroom.net.LineTooLongException;
import dev.postroom.net.Wire;
import dev.postroom.pop3.Pop3Command.Phase;
import dev.postroom.store.MailStore;
import dev.postroom.store.StoreFailure;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/** One POP3 conversation, on its own virtual thread. */
final class Pop3Session {
  private static final Logger LOG = Logger.getLogger(Pop3Session.class);

  /** Far more than the 255 octets of RFC 2449 §4: SASL responses may be long. */
  static final int MAX_LINE = 12_288;

  private static final List<String> ALWAYS =
      List.of(
          "TOP",
          "UIDL",
          "UTF8 USER", // RFC 6856 §2
          "LANG", // RFC 6856 §3
          "RESP-CODES", // RFC 2449 §6.4
          "AUTH-RESP-CODE", // RFC 3206 §5
          "PIPELINING", // RFC 2449 §6.6
          "EXPIRE NEVER", // RFC 2449 §6.7
          "IMPLEMENTATION Postroom");

  /** What all sessions share. */
  record Services(
      Pop3Config config,
      Logins logins,
      Sasl sasl,
      MailStore store,
      Blobs blobs,
      MaildropLocks locks,
      MeterRegistry meters) {}

  /** RFC 1939 §3. */
  private sealed interface State {
    record Authorizing(Authorization authorization) implements State {}

    /** Holds the lock of the maildrop. */
    record Transacting(long mailboxId, Transaction transaction) implements State {}

    record Over() implements State {}

    default Phase phase() {
      return this instanceof Authorizing ? Phase.AUTHORIZATION : Phase.TRANSACTION;
    }
  }

  private final Wire wire;
  private final Services services;
  private final Replies replies;
  private State state;
  private int badCommands;

  Pop3Session(Wire wire, Services services) {
    this.wire = wire;
    this.services = services;
    this.replies = new Replies(wire);
    this.state =
        new State.Authorizing(
            new Authorization(wire, services.config(), services.logins(), services.sasl()));
  }

  void hold() throws IOException {
    wire.idleTimeout(services.config().idleTimeout());
    try {
      replies.ok("Postroom is ready");
      while (!(state instanceof State.Over)) {
        answerNext();
      }
    } finally {
      leave();
    }
  }

  /** RFC 1939 §6: who goes without QUIT has deleted nothing. */
  private void leave() {
    if (state instanceof State.Transacting(var mailboxId, _)) {
      services.locks().release(mailboxId);
    }
    state = new State.Over();
  }

  /** A line that is too long, be it a command or an answer to a challenge, changes nothing. */
  private void answerNext() throws IOException {
    try {
      answer(Pop3Parser.parse(wire.readLine(MAX_LINE).text()));
    } catch (LineTooLongException _) {
      bad("that line is too long");
    }
  }

  private void answer(Pop3Command command) throws IOException {
    try {
      execute(command);
    } catch (StoreFailure | AuthUnavailableException | DirectoryUnavailableException unavailable) {
      LOG.warnf("%s: %s failed: %s", name(), command.getClass().getSimpleName(), unavailable);
      replies.error(Replies.Code.SYS_TEMP, "the mail store does not answer, try again later");
      endWhenQuitting(command);
    } catch (RuntimeException ours) {
      LOG.errorf(ours, "%s: %s failed", name(), command.getClass().getSimpleName());
      replies.error(Replies.Code.SYS_TEMP, "internal error, reported as " + name());
      endWhenQuitting(command);
    }
  }

  /** What this conversation is called in the log. */
  private static String name() {
    return Thread.currentThread().getName();
  }

  private void endWhenQuitting(Pop3Command command) {
    if (command instanceof Pop3Command.Quit) {
      leave();
    }
  }

  private void execute(Pop3Command command) throws IOException {
    if (!command.allowedIn().contains(state.phase())) {
      bad(state.phase() == Phase.AUTHORIZATION ? "log in first" : "you are logged in already");
      return;
    }
    switch (command) {
      case Pop3Command.Capa() -> capabilities();
      case Pop3Command.Stls() -> authorization().startTls();
      case Pop3Command.Utf8() -> replies.ok("UTF-8 it is"); // RFC 6856 §2: and ever was
      case Pop3Command.Lang(var range) -> new Languages(replies).choose(range);
      case Pop3Command.User(var name) -> authorization().user(name);
      case Pop3Command.Pass(var password) -> enter(authorization().pass(password));
      case Pop3Command.AuthList() -> authorization().listMechanisms();
      case Pop3Command.Auth(var mechanism, var initialResponse) ->
          enter(authorization().auth(mechanism, initialResponse));
      case Pop3Command.Stat() -> transaction().stat();
      case Pop3Command.ListMessages(var message) -> transaction().list(message);
      case Pop3Command.Uidl(var message) -> transaction().uidl(message);
      case Pop3Command.Retr(var message) -> transaction().retr(message);
      case Pop3Command.Top(var message, var lines) -> transaction().top(message, lines);
      case Pop3Command.Dele(var message) -> transaction().dele(message);
      case Pop3Command.Rset() -> transaction().rset();
      case Pop3Command.Noop() -> replies.ok();
      case Pop3Command.Quit() -> quit();
      case Pop3Command.Malformed(var why) -> bad(why);
    }
  }

  private Authorization authorization() {
    return switch (state) {
      case State.Authorizing(var authorization) -> authorization;
      case State.Transacting _, State.Over _ -> throw new IllegalStateException("not in " + state);
    };
  }

  private Transaction transaction() {
    return switch (state) {
      case State.Transacting(_, var transaction) -> transaction;
      case State.Authorizing _, State.Over _ -> throw new IllegalStateException("not in " + state);
    };
  }

  /** RFC 2449 §6. */
  private void capabilities() throws IOException {
    replies.ok("what this server can do");
    if (state instanceof State.Authorizing(var authorization)) {
      if (authorization.takesPasswords()) {
        replies.line("USER");
        replies.line("SASL " + String.join(" ", authorization.mechanisms()));
      }
      if (wire.canStartTls()) {
        replies.line("STLS");
      }
    }
    for (var capability : ALWAYS) {
      replies.line(capability);
    }
    replies.endOfLines();
  }

  private void enter(OptionalLong mailbox) throws IOException {
    if (mailbox.isPresent()) {
      open(mailbox.getAsLong());
    } else if (authorization().hasFailedTooOften()) {
      state = new State.Over();
    }
  }

  private void open(long mailboxId) throws IOException {
    if (!services.locks().acquire(mailboxId)) {
      replies.error(Replies.Code.IN_USE, "the maildrop is open in another session");
      return;
    }
    boolean opened = false;
    try {
      var maildrop = Maildrop.open(services.store().open(mailboxId), services.blobs());
      var transaction = new Transaction(maildrop, wire, services.meters());
      state = new State.Transacting(mailboxId, transaction);
      opened = true;
    } finally {
      if (!opened) {
        services.locks().release(mailboxId);
      }
    }
    replies.ok("welcome");
  }

  private void quit() throws IOException {
    switch (state) {
      case State.Transacting(_, var transaction) -> transaction.quit();
      case State.Authorizing _, State.Over _ -> replies.ok("goodbye");
    }
    leave();
  }

  private void bad(String why) throws IOException {
    replies.error(why);
    if (++badCommands >= services.config().badCommands()) {
      leave();
    }
  }
}
