package dev.postroom.imap;

import dev.postroom.imap.syntax.AnyTimeCommand;
import dev.postroom.imap.syntax.AnyTimeCommand.Capability;
import dev.postroom.imap.syntax.AnyTimeCommand.Logout;
import dev.postroom.imap.syntax.AnyTimeCommand.Noop;
import dev.postroom.imap.syntax.AnyTimeCommand.Unknown;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** RFC 3501 §6.1, and ID (RFC 2971). */
record AnyTimeCommands(ImapSession session) {
  private static final Logger LOG = Logger.getLogger(AnyTimeCommands.class);
  private static final int MAX_LOGGED = 80;

  Completion perform(AnyTimeCommand command) throws IOException {
    return switch (command) {
      case Capability _ -> capability();
      case Noop _ -> noop();
      case Logout _ -> logout();
      case AnyTimeCommand.Id(var about) -> id(about);
      case Unknown(var verb) -> Completion.bad("there is no command " + verb);
    };
  }

  private Completion capability() throws IOException {
    var config = session.services().config;
    var all =
        session.state() instanceof State.NotAuthenticated
            ? Capabilities.beforeLogin(session.wire(), session.services())
            : Capabilities.afterLogin(session.wire(), config);
    session.out().untagged("CAPABILITY " + all);
    return Completion.ok("CAPABILITY done");
  }

  private Completion noop() {
    if (session.state() instanceof State.Selected(_, var folder)) {
      folder.askAgain(); // other servers over the same database have changed it, perhaps
    }
    return Completion.ok("NOOP done");
  }

  private Completion logout() throws IOException {
    session.end("until next time");
    return Completion.ok("LOGOUT done");
  }

  private Completion id(Map<String, String> about) throws IOException {
    LOG.debugf(
        "client: %s",
        about.entrySet().stream()
            .map(entry -> printable(entry.getKey()) + "=" + printable(entry.getValue()))
            .collect(Collectors.joining(" ")));
    session.out().untagged("ID (\"name\" \"Postroom\")");
    return Completion.ok("ID done");
  }

  private static String printable(String text) {
    var start = text.length() > MAX_LOGGED ? text.substring(0, MAX_LOGGED) : text;
    return start.replaceAll("[^ -~]", "?");
  }
}
