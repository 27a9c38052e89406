package dev.postroom.imap.syntax;

import java.util.List;

/** Folders that ESEARCH looks in (RFC 7377 §2.2, RFC 5465 §6). Names are decoded. */
public sealed interface FolderScope {
  record SelectedOne() implements FolderScope {}

  /** Where mail arrives. */
  record Inboxes() implements FolderScope {}

  record Personal() implements FolderScope {}

  record Subscribed() implements FolderScope {}

  /** Folders and all that are below them, or only those one level below. */
  record Subtree(List<String> folders, boolean oneLevel) implements FolderScope {
    public Subtree {
      folders = List.copyOf(folders);
    }
  }

  record Named(List<String> folders) implements FolderScope {
    public Named {
      folders = List.copyOf(folders);
    }
  }
}
