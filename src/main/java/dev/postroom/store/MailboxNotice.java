package dev.postroom.store;

import java.util.Set;

/** That something in a mailbox has changed; told after the change has committed. */
public sealed interface MailboxNotice {
  /** Messages have arrived in a folder or left it. */
  record Messages(long folderId) implements MailboxNotice {}

  /** Messages of a folder have other flags. */
  record Flags(long folderId) implements MailboxNotice {}

  record Created(String name) implements MailboxNotice {}

  record Deleted(String name) implements MailboxNotice {}

  /** With its children, of which nothing more is told. */
  record Renamed(String from, String to) implements MailboxNotice {}

  /**
   * Annotations were set or removed.
   *
   * @param folderId {@link Annotation#SERVER} for those on the server
   */
  record Annotated(long folderId, Set<String> entries) implements MailboxNotice {
    public Annotated {
      entries = Set.copyOf(entries);
    }
  }

  record SubscriptionChanged(String name) implements MailboxNotice {}
}
