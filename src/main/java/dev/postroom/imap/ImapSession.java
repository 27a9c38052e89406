package dev.postroom.imap;

import dev.postroom.imap.CommandReceiver.Received;
import dev.postroom.imap.State.Authenticated;
import dev.postroom.imap.State.LoggedOut;
import dev.postroom.imap.State.NotAuthenticated;
import dev.postroom.imap.State.Selected;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.CommandParser;
import dev.postroom.imap.syntax.FolderCommand;
import dev.postroom.imap.syntax.FolderCommand.Append;
import dev.postroom.imap.syntax.ImapCommand;
import dev.postroom.imap.syntax.ImapSyntaxException;
import dev.postroom.imap.syntax.LoginCommand;
import dev.postroom.imap.syntax.MessageCommand;
import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.imap.syntax.TaggedCommand;
import dev.postroom.net.ShutdownException;
import dev.postroom.net.Wire;
import dev.postroom.net.WireClosedException;
import dev.postroom.net.WireTimeoutException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * One IMAP conversation: receive, parse, answer, tell what has changed.
 *
 * <p>Runs on one virtual thread after the other, with none while it idles. Other threads only wake
 * it.
 */
final class ImapSession {
  private static final Logger LOG = Logger.getLogger(ImapSession.class);
  private static final String TRACE = "trace";

  private final ImapServices services;
  private final Wire wire;
  private final ResponseWriter out;
  private final CommandReceiver receiver;
  private final PendingAppends appends = new PendingAppends(this);
  private final News news = new News(this);
  private final String trace;
  private final Set<Extension> enabled = EnumSet.noneOf(Extension.class);
  private State state = new NotAuthenticated();
  private int badCommands;
  private int failedLogins;
  private @Nullable Idling idling;

  private record Idling(TaggedCommand command, IdleConversation conversation) {}

  ImapSession(ImapServices services, Wire wire) {
    this.services = services;
    this.wire = wire;
    this.out = new ResponseWriter(wire::write);
    this.receiver = new CommandReceiver(wire, out);
    this.trace = services.newTrace().toString();
    wire.beforeWaiting(
        () -> {
          settleAppends();
          out.flush();
        });
  }

  ImapServices services() {
    return services;
  }

  Wire wire() {
    return wire;
  }

  ResponseWriter out() {
    return out;
  }

  CommandReceiver receiver() {
    return receiver;
  }

  PendingAppends appends() {
    return appends;
  }

  News news() {
    return news;
  }

  State state() {
    return state;
  }

  /**
   * @return whether it was off
   */
  boolean enable(Extension extension) throws IOException {
    if (extension.speaksUtf8()) {
      out.speakUtf8(true);
    }
    if (extension == Extension.QRESYNC) {
      useModSeqs();
    }
    boolean newly = enabled.add(extension);
    // RFC 7162 §3.1: of the folder that is open when MODSEQs become of interest
    if (newly && extension == Extension.CONDSTORE && state instanceof Selected(_, var folder)) {
      folder.tellHighestModSeq(out);
    }
    return newly;
  }

  /** Commands that name MODSEQs turn CONDSTORE on (RFC 7162 §3.1). */
  void useModSeqs() throws IOException {
    enable(Extension.CONDSTORE);
  }

  /** What is on, now and later. */
  Set<Extension> enabled() {
    return enabled;
  }

  /** Whether it speaks IMAP4rev2 (RFC 9051), IMAP4rev1 (RFC 3501) otherwise. */
  boolean isRev2() {
    return isEnabled(Extension.IMAP4REV2);
  }

  boolean isEnabled(Extension extension) {
    return enabled.contains(extension);
  }

  void hold() throws IOException {
    wire.idleTimeout(services.config.loginTimeout());
    var capabilities = Capabilities.beforeLogin(wire, services);
    out.untagged("OK [CAPABILITY " + capabilities + "] " + services.server.hostname() + " ready");
    goOn();
  }

  /** From here to the end, or to the next wait of an IDLE. */
  private void goOn() throws IOException {
    MDC.put(TRACE, trace);
    news.enter();
    boolean idles = false;
    try {
      if (idling != null) {
        goOnIdling(idling);
      }
      while (!(state instanceof LoggedOut) && idling == null) {
        turn();
      }
      flush();
      idles = idling != null;
    } catch (WireTimeoutException _) {
      bye("silent for too long");
    } catch (ShutdownException _) {
      bye("the server is stopping");
    } catch (OversizedException tooMuch) {
      bye(String.valueOf(tooMuch.getMessage()));
    } catch (WireClosedException gone) {
      LOG.debugf("connection lost: %s", gone.getMessage());
    } finally {
      if (idles) {
        wire.goOnAfter(services.config.stillHere(), _ -> goOn());
      } else {
        appends.drop();
        leaveFolder();
        news.reset();
      }
      MDC.remove(TRACE);
    }
  }

  private void goOnIdling(Idling current) throws IOException {
    var completion = new CommandPerformer(this).perform(current.command());
    if (completion != Completion.LATER) {
      idling = null;
      conclude(current.command(), completion, System.nanoTime());
    }
  }

  /** IDLE begins, or goes on. */
  Completion idle() throws IOException {
    return Objects.requireNonNull(idling).conversation().goOn();
  }

  private void bye(String why) throws IOException {
    out.raw("* BYE ").text(why).crlf();
    flush();
  }

  void flush() throws IOException {
    out.flush();
    wire.flush();
  }

  private void turn() throws IOException {
    out.flush();
    if (news.comesBetweenCommands()
        && !new Listening(this).untilInput(news.expungesComeBetweenCommands())) {
      return;
    }
    switch (receiver.receive(maxCommand())) {
      case Received.Whole(var octets) -> parseAndAnswer(octets);
      case Received.AppendHead(var head) -> answer(head);
      case Received.Refused(var tag, var why) -> refuse(tag, why);
    }
  }

  /** How large a message may be that is only read past. */
  private long mostSkipped() {
    return state instanceof NotAuthenticated
        ? CommandReceiver.MAX_SKIPPED
        : services.config.appendLimit().asLongValue();
  }

  int maxCommand() {
    var config = services.config;
    var limit = state instanceof NotAuthenticated ? config.maxLoginCommand() : config.maxCommand();
    return (int) limit.asLongValue();
  }

  private void parseAndAnswer(byte[] octets) throws IOException {
    TaggedCommand tagged;
    try {
      tagged = CommandParser.parse(octets, out.form());
    } catch (ImapSyntaxException malformed) {
      refuse(CommandParser.tagOf(octets), String.valueOf(malformed.getMessage()));
      return;
    }
    answer(tagged);
  }

  /** A command that is none; whoever sends only such is cut off (RFC 3501 §7.1.5). */
  private void refuse(String tag, String why) throws IOException {
    settleAppends();
    complete(tag, Completion.bad(why));
    if (++badCommands >= services.config.maxBadCommands()) {
      end("too many commands that are none");
    }
  }

  private void answer(TaggedCommand tagged) throws IOException {
    var command = tagged.command();
    if (!(command instanceof Append next && appends.mayJoin(next))) {
      settleAppends();
    }
    if (!command.allowedIn().contains(state.phase())) {
      if (command instanceof MessageCommand withMessage) {
        MessageIntake.skip(this, withMessage.first().literal().orElse(null), mostSkipped());
      }
      refuse(tagged.tag(), notNow(command));
      return;
    }
    if (!isWelcome()) {
      complete(tagged.tag(), Completion.no("CONTACTADMIN", "no longer"));
      return;
    }
    if (command instanceof FolderCommand.Idle) {
      idling = new Idling(tagged, new IdleConversation(this));
      goOnIdling(idling);
      return;
    }
    long start = System.nanoTime();
    var completion = new CommandPerformer(this).perform(tagged);
    if (completion == Completion.LATER) {
      badCommands = 0;
      return;
    }
    conclude(tagged, completion, start);
  }

  private void conclude(TaggedCommand tagged, Completion completion, long start)
      throws IOException {
    var command = tagged.command();
    if (completion.status() != Completion.Status.BAD) {
      badCommands = 0;
    }
    // After SELECT has described the folder, what differs by now waits for the next command
    if (!(command instanceof FolderCommand.Select)) {
      news.tellWith(command);
    }
    complete(tagged.tag(), completion);
    services.measure(command, completion, System.nanoTime() - start);
    if (command instanceof LoginCommand.StartTls && completion.status() == Completion.Status.OK) {
      startTls();
    }
    if (command instanceof LoginCommand.Compress && completion.status() == Completion.Status.OK) {
      out.flush();
      wire.startDeflate();
    }
  }

  /** Before anything else is done, and before waiting for what the client sends next. */
  private void settleAppends() throws IOException {
    switch (state) {
      case Authenticated(var user) -> appends.settle(user);
      case Selected(var user, _) -> appends.settle(user);
      case NotAuthenticated _, LoggedOut _ -> {
        // nobody who could append
      }
    }
  }

  /** False when the user may not be here any more; the client has been told. */
  boolean isWelcome() throws IOException {
    var over =
        switch (state) {
          case Authenticated(var user) -> user.welcome().over();
          case Selected(var user, var folder) -> user.welcome().over().or(folder::over);
          case NotAuthenticated _, LoggedOut _ -> Optional.<String>empty();
        };
    if (over.isPresent()) {
      end(over.get());
    } else if (state instanceof Selected(_, var folder)) {
      folder.tellRights(out);
    }
    return over.isEmpty();
  }

  private String notNow(ImapCommand command) {
    return switch (state) {
      case NotAuthenticated _, LoggedOut _ -> "sign in first";
      case Authenticated _ ->
          command instanceof LoginCommand ? "you are signed in" : "select a folder first";
      case Selected _ -> "you are signed in";
    };
  }

  void complete(String tag, Completion completion) throws IOException {
    completion.write(tag, out);
  }

  /** To the log: the client is told another time. */
  void failed(RuntimeException failure, String what) {
    Failures.of(failure, what, trace);
  }

  // Changes of state, by the families of commands

  void signedIn(User user) {
    state = new Authenticated(user);
    badCommands = 0;
    wire.idleTimeout(services.config.idleTimeout());
    LOG.infof(
        "%s signed in from %s",
        user.viewer().address(), wire.remote().getAddress().getHostAddress());
  }

  /** RFC 8437 §2: nothing of what the user did is left, but for the failed logins. */
  void signedOut() {
    leaveFolder();
    news.reset();
    enabled.clear();
    out.speakUtf8(false);
    state = new NotAuthenticated();
    wire.idleTimeout(services.config.loginTimeout());
  }

  void loginFailed() throws IOException {
    if (++failedLogins >= services.config.maxFailedLogins()) {
      end("too many failed logins");
    }
  }

  /** Opens a folder after leaving another (RFC 3501 §6.3.1). */
  void select(User user, SelectedFolder folder) {
    leaveFolder();
    state = new Selected(user, folder);
  }

  /**
   * Back to the authenticated state.
   *
   * @return whether a folder was selected
   */
  boolean leaveFolder() {
    if (state instanceof Selected(var user, var folder)) {
      folder.close();
      state = new Authenticated(user);
      return true;
    }
    return false;
  }

  /** The conversation is over after the response that is being made. */
  void end(String why) throws IOException {
    out.raw("* BYE ").text(why).crlf();
    leaveFolder();
    state = new LoggedOut();
  }

  private void startTls() throws IOException {
    out.flush();
    wire.startTls();
  }
}
