package dev.postroom.imap.syntax;

import java.util.List;
import java.util.Set;

/**
 * Folders, and what a client wants to be told of them (RFC 5465 §8 event-group).
 *
 * @param newItems what to fetch of each new message of the selected folder
 */
public record EventGroup(Filter filter, Set<NotifyEvent> events, List<FetchItem> newItems) {
  public EventGroup {
    events = Set.copyOf(events);
    newItems = List.copyOf(newItems);
  }

  /** RFC 5465 §6; names are decoded. */
  public sealed interface Filter {
    /**
     * @param delayed no EXPUNGE but during commands that allow it (RFC 5465 §6.1.2)
     */
    record Selected(boolean delayed) implements Filter {}

    /** Where messages are delivered to. */
    record Inboxes() implements Filter {}

    record Personal() implements Filter {}

    record Subscribed() implements Filter {}

    /** These and all below them. */
    record Subtree(List<String> folders) implements Filter {
      public Subtree {
        folders = List.copyOf(folders);
      }
    }

    record Mailboxes(List<String> folders) implements Filter {
      public Mailboxes {
        folders = List.copyOf(folders);
      }
    }
  }
}
