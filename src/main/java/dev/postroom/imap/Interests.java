package dev.postroom.imap;

import dev.postroom.imap.syntax.EventGroup;
import dev.postroom.imap.syntax.EventGroup.Filter;
import dev.postroom.imap.syntax.NotifyEvent;
import dev.postroom.store.Annotation;
import dev.postroom.store.FolderNames;
import dev.postroom.store.MailboxNotice;
import java.util.List;
import java.util.Optional;

/** What a client wants to be told of folders that it has not selected (RFC 5465 §6). */
record Interests(List<EventGroup> groups) {
  static Interests of(List<EventGroup> all) {
    return new Interests(
        all.stream()
            .filter(group -> !(group.filter() instanceof Filter.Selected))
            .filter(group -> !group.events().isEmpty())
            .map(Interests::canonical)
            .toList());
  }

  private static EventGroup canonical(EventGroup group) {
    var filter =
        switch (group.filter()) {
          case Filter.Subtree(var tops) -> new Filter.Subtree(canonical(tops));
          case Filter.Mailboxes(var names) -> new Filter.Mailboxes(canonical(names));
          case Filter other -> other;
        };
    return new EventGroup(filter, group.events(), group.newItems());
  }

  private static List<String> canonical(List<String> names) {
    return names.stream().map(FolderNames::canonical).toList();
  }

  static Optional<EventGroup> selected(List<EventGroup> all) {
    return all.stream().filter(group -> group.filter() instanceof Filter.Selected).findFirst();
  }

  /** Those that others share; {@code personal} and the like do not mean them. */
  boolean nameFoldersOfOthers() {
    return groups.stream()
        .map(EventGroup::filter)
        .anyMatch(
            filter ->
                switch (filter) {
                  case Filter.Subtree(var tops) ->
                      tops.stream().anyMatch(FolderNamespace::isOthers);
                  case Filter.Mailboxes(var names) ->
                      names.stream().anyMatch(FolderNamespace::isOthers);
                  case Filter.Selected _,
                      Filter.Inboxes _,
                      Filter.Personal _,
                      Filter.Subscribed _ ->
                      false;
                });
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /** Of any folder. */
  private boolean include(NotifyEvent event) {
    return groups.stream().anyMatch(group -> group.events().contains(event));
  }

  /** Whether it could be of interest, whatever the folder. */
  boolean include(MailboxNotice notice) {
    return switch (notice) {
      case MailboxNotice.Messages _ -> include(NotifyEvent.MESSAGE_NEW);
      case MailboxNotice.Flags _ -> include(NotifyEvent.FLAG_CHANGE);
      case MailboxNotice.Created _, MailboxNotice.Deleted _, MailboxNotice.Renamed _ ->
          include(NotifyEvent.MAILBOX_NAME);
      case MailboxNotice.SubscriptionChanged _ -> include(NotifyEvent.SUBSCRIPTION_CHANGE);
      case MailboxNotice.Annotated(var folderId, _) ->
          folderId == Annotation.SERVER
              ? includeServer()
              : include(NotifyEvent.MAILBOX_METADATA_CHANGE);
    };
  }

  /** Annotations on the server are in no folder: the group does not matter. */
  boolean includeServer() {
    return include(NotifyEvent.SERVER_METADATA_CHANGE);
  }

  boolean include(NotifyEvent event, String folder, boolean subscribed) {
    return groups.stream()
        .anyMatch(
            group -> group.events().contains(event) && matches(group.filter(), folder, subscribed));
  }

  private static boolean matches(Filter filter, String folder, boolean subscribed) {
    return switch (filter) {
      case Filter.Selected _ -> false;
      // RFC 5465 §6.3: messages are delivered nowhere else
      case Filter.Inboxes _ -> folder.equals(FolderNames.INBOX);
      case Filter.Personal _ -> true;
      case Filter.Subscribed _ -> subscribed;
      case Filter.Subtree(var tops) ->
          tops.stream().anyMatch(top -> folder.equals(top) || FolderNames.isBelow(folder, top));
      case Filter.Mailboxes(var names) -> names.contains(folder);
    };
  }
}
