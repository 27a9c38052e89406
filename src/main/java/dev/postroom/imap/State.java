package dev.postroom.imap;

import dev.postroom.directory.Viewer;
import dev.postroom.imap.syntax.Phase;
import dev.postroom.store.MailboxStore;

/** Where a session stands (RFC 3501 §3); each state owns what exists only in it. */
sealed interface State {
  record NotAuthenticated() implements State {}

  record Authenticated(User user) implements State {}

  record Selected(User user, SelectedFolder folder) implements State {}

  /** RFC 3501 §3.4: nothing more is read. */
  record LoggedOut() implements State {}

  /** Who has signed in, and their mail. */
  record User(Viewer.MailboxUser viewer, MailboxStore mailbox, Welcome welcome) {}

  default Phase phase() {
    return switch (this) {
      case NotAuthenticated _, LoggedOut _ -> Phase.NOT_AUTHENTICATED;
      case Authenticated _ -> Phase.AUTHENTICATED;
      case Selected _ -> Phase.SELECTED;
    };
  }
}
