package dev.postroom.imap.syntax;

import java.util.Set;

/** A command as the client meant it, its tag removed. Texts are Unicode. */
public sealed interface ImapCommand
    permits AnyTimeCommand, LoginCommand, FolderCommand, PropertyCommand, SelectedCommand {

  /** In which phases it makes sense. */
  Set<Phase> allowedIn();
}
