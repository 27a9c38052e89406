package dev.postroom.imap;

import dev.postroom.store.MailboxNotice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What waits to be told to a client that listens (RFC 5465): each folder and entry once. */
final class Backlog {
  private final Set<Long> messages = new LinkedHashSet<>(0);
  private final Set<Long> flags = new LinkedHashSet<>(0);
  private final List<MailboxNotice> names = new ArrayList<>(0);
  private final Map<Long, Set<String>> annotations = new LinkedHashMap<>(0);
  private int entries;

  void add(MailboxNotice notice) {
    switch (notice) {
      case MailboxNotice.Messages(var folderId) -> messages.add(folderId);
      case MailboxNotice.Flags(var folderId) -> flags.add(folderId);
      case MailboxNotice.Annotated(var folderId, var changed) ->
          annotated(annotations.computeIfAbsent(folderId, _ -> new TreeSet<>()), changed);
      case MailboxNotice.Created _,
          MailboxNotice.Deleted _,
          MailboxNotice.Renamed _,
          MailboxNotice.SubscriptionChanged _ ->
          names.add(notice);
    }
  }

  private void annotated(Set<String> ofFolder, Set<String> changed) {
    int before = ofFolder.size();
    ofFolder.addAll(changed);
    entries += ofFolder.size() - before;
  }

  int size() {
    return messages.size() + flags.size() + names.size() + entries;
  }

  /** Folders that messages have arrived in or left. */
  Set<Long> messages() {
    return messages;
  }

  /** Folders with changed flags. */
  Set<Long> flags() {
    return flags;
  }

  /** Folders made, deleted, renamed, subscribed to or not any more, in order. */
  List<MailboxNotice> names() {
    return names;
  }

  /** Entries that have changed, by folder. */
  Map<Long, Set<String>> annotations() {
    return annotations;
  }
}
