package dev.postroom.imap;

import dev.postroom.imap.State.Authenticated;
import dev.postroom.imap.State.LoggedOut;
import dev.postroom.imap.State.NotAuthenticated;
import dev.postroom.imap.State.Selected;
import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.AnyTimeCommand;
import dev.postroom.imap.syntax.FolderCommand;
import dev.postroom.imap.syntax.ImapCommand;
import dev.postroom.imap.syntax.LoginCommand;
import dev.postroom.imap.syntax.PropertyCommand;
import dev.postroom.imap.syntax.SelectedCommand;
import dev.postroom.imap.syntax.TaggedCommand;
import dev.postroom.net.LineTooLongException;
import dev.postroom.net.ShutdownException;
import dev.postroom.net.WireClosedException;
import dev.postroom.net.WireTimeoutException;
import dev.postroom.store.StoreProblem;
import java.io.IOException;
import java.util.Locale;

/** Hands a command to its family, and makes a completion of whatever goes wrong there. */
record CommandPerformer(ImapSession session) {
  /**
   * @throws IOException when the conversation cannot go on
   */
  Completion perform(TaggedCommand tagged) throws IOException {
    var command = tagged.command();
    try {
      return perform(tagged.tag(), command);
    } catch (NoSuchMessageException none) {
      return Completion.bad(String.valueOf(none.getMessage()));
    } catch (LineTooLongException _) {
      return Completion.bad("the line is too long");
    } catch (StoreProblem problem) {
      return Failures.of(problem);
    } catch (WireClosedException
        | WireTimeoutException
        | ShutdownException
        | OversizedException ends) {
      throw ends;
    } catch (IOException | RuntimeException failure) {
      return explain(failure, command);
    }
  }

  private Completion explain(Exception failure, ImapCommand command) throws IOException {
    var name = command.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    var completion = Failures.of(failure, name, session.services().newTrace().toString());
    if (!session.out().isBetweenLines()) {
      // half a response is on its way: nothing sensible can follow it
      throw new WireClosedException("a response to " + name + " broke off");
    }
    return completion;
  }

  private Completion perform(String tag, ImapCommand command)
      throws IOException, NoSuchMessageException {
    return switch (command) {
      case AnyTimeCommand any -> new AnyTimeCommands(session).perform(any);
      case LoginCommand login -> new LoginCommands(session).perform(login);
      case FolderCommand on -> new FolderCommands(session, user(), tag).perform(on);
      case PropertyCommand on -> new PropertyCommands(session, user()).perform(on);
      case SelectedCommand on -> new SelectedCommands(session, user(), folder(), tag).perform(on);
    };
  }

  private User user() {
    return switch (session.state()) {
      case Authenticated(var user) -> user;
      case Selected(var user, _) -> user;
      case NotAuthenticated _, LoggedOut _ -> throw new IllegalStateException("nobody signed in");
    };
  }

  private SelectedFolder folder() {
    if (session.state() instanceof Selected(_, var folder)) {
      return folder;
    }
    throw new IllegalStateException("no folder selected");
  }
}
