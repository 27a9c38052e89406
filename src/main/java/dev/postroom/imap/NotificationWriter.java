package dev.postroom.imap;

import dev.postroom.imap.State.User;
import dev.postroom.imap.syntax.NotifyEvent;
import dev.postroom.imap.syntax.StatusItem;
import dev.postroom.store.Annotation;
import dev.postroom.store.FolderInfo;
import dev.postroom.store.FolderNames;
import dev.postroom.store.MailboxNotice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** LIST and STATUS responses for what a client listens to (RFC 5465 §5). */
record NotificationWriter(ImapSession session, User user) {

  void write(Backlog backlog, Interests interests) throws IOException {
    if (!backlog.names().isEmpty()) {
      writeNames(backlog.names(), interests);
    }
    var changed = new LinkedHashSet<>(backlog.messages());
    changed.addAll(backlog.flags());
    session.news().selectedFolder().ifPresent(changed::remove); // told as the selected folder's
    if (!changed.isEmpty()) {
      writeStatus(backlog, changed, interests);
    }
    if (!backlog.annotations().isEmpty()) {
      writeAnnotations(backlog.annotations(), interests);
    }
  }

  // STATUS

  private void writeStatus(Backlog backlog, Set<Long> changed, Interests interests)
      throws IOException {
    var arrivals = new ArrayList<FolderInfo>();
    var flagged = new ArrayList<FolderInfo>();
    for (var folder : user.mailbox().foldersById(changed)) {
      boolean messages = backlog.messages().contains(folder.id());
      if (messages && wants(interests, NotifyEvent.MESSAGE_NEW, folder)) {
        arrivals.add(folder);
      } else if (backlog.flags().contains(folder.id())
          && wants(interests, NotifyEvent.FLAG_CHANGE, folder)) {
        flagged.add(folder);
      }
    }
    var status = new StatusResponse(session, user);
    status.writeUnasked(
        arrivals,
        StatusItem.MESSAGES,
        StatusItem.UIDNEXT,
        StatusItem.UIDVALIDITY,
        StatusItem.UNSEEN);
    status.writeUnasked(flagged, StatusItem.UIDVALIDITY, StatusItem.UNSEEN);
  }

  private static boolean wants(Interests interests, NotifyEvent event, FolderInfo folder) {
    return interests.include(event, folder.name(), folder.subscribed());
  }

  // METADATA

  /** RFC 5464 §4.4.2: which entries, without their values. */
  private void writeAnnotations(Map<Long, Set<String>> annotations, Interests interests)
      throws IOException {
    for (var folder : user.mailbox().foldersById(annotations.keySet())) {
      if (wants(interests, NotifyEvent.MAILBOX_METADATA_CHANGE, folder)) {
        writeEntries(folder.name(), annotations.getOrDefault(folder.id(), Set.of()));
      }
    }
    var ofServer = annotations.getOrDefault(Annotation.SERVER, Set.of());
    if (!ofServer.isEmpty() && interests.includeServer()) {
      writeEntries("", ofServer);
    }
  }

  private void writeEntries(String folder, Set<String> entries) throws IOException {
    session.out().raw("* METADATA ").folder(folder);
    for (var entry : entries) {
      session.out().raw(' ').astring(entry);
    }
    session.out().crlf();
  }

  // LIST

  /** A name to tell of; {@code from} when it was another before. */
  private record Affected(NotifyEvent event, String name, @Nullable String from) {}

  private void writeNames(List<MailboxNotice> notices, Interests interests) throws IOException {
    var affected = affected(notices);
    var names = affected.values().stream().map(Affected::name).collect(Collectors.toSet());
    Map<String, FolderInfo> folders =
        user.mailbox().foldersByName(names).stream()
            .collect(Collectors.toMap(FolderInfo::name, Function.identity()));
    boolean allThere = folders.keySet().containsAll(names);
    Set<String> subscribed = allThere ? Set.of() : user.mailbox().subscriptions();
    for (var one : affected.values()) {
      var folder = folders.get(one.name());
      boolean isSubscribed = folder == null ? subscribed.contains(one.name()) : folder.subscribed();
      if (interests.include(one.event(), one.name(), isSubscribed)
          || (one.from() != null && interests.include(one.event(), one.from(), isSubscribed))
          // it may just have left the folders that are listened to
          || one.event() == NotifyEvent.SUBSCRIPTION_CHANGE
              && interests.include(one.event(), one.name(), true)) {
        new ListResponse(session.out()).write(folder, one.name(), isSubscribed, one.from());
      }
    }
  }

  /** Each name once, with the last that has happened to it. */
  private static Map<String, Affected> affected(List<MailboxNotice> notices) {
    var affected = new LinkedHashMap<String, Affected>();
    for (var notice : notices) {
      switch (notice) {
        case MailboxNotice.Created(var name) -> putWithParent(affected, name);
        case MailboxNotice.Deleted(var name) -> putWithParent(affected, name);
        case MailboxNotice.Renamed(var from, var to) ->
            put(affected, new Affected(NotifyEvent.MAILBOX_NAME, to, from));
        case MailboxNotice.SubscriptionChanged(var name) ->
            affected.putIfAbsent(name, new Affected(NotifyEvent.SUBSCRIPTION_CHANGE, name, null));
        case MailboxNotice.Messages _, MailboxNotice.Flags _, MailboxNotice.Annotated _ -> {
          // told by STATUS and METADATA
        }
      }
    }
    return affected;
  }

  /** RFC 5465 §5.4: a folder's direct parent is affected, too. */
  private static void putWithParent(Map<String, Affected> affected, String name) {
    put(affected, new Affected(NotifyEvent.MAILBOX_NAME, name, null));
    var above = FolderNames.above(name);
    if (!above.isEmpty()) {
      affected.putIfAbsent(
          above.getLast(), new Affected(NotifyEvent.MAILBOX_NAME, above.getLast(), null));
    }
  }

  private static void put(Map<String, Affected> affected, Affected one) {
    affected.remove(one.name());
    affected.put(one.name(), one);
  }
}
