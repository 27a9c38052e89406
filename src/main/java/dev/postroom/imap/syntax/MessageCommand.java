package dev.postroom.imap.syntax;

/** A command whose messages come piece by piece: APPEND and REPLACE. */
public sealed interface MessageCommand permits FolderCommand.Append, SelectedCommand.Replace {
  MessagePiece first();
}
