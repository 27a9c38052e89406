package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Messages into inboxes: the same few statements for one message and mailbox and for many. */
@ApplicationScoped
class Delivery {
  private static final int MAILBOXES_PER_STATEMENT = 1000;

  private final DefaultFolders defaults;
  private final Changes changes;
  private final StoreMeters meters;

  @Inject
  Delivery(DefaultFolders defaults, Changes changes, StoreMeters meters) {
    this.defaults = defaults;
    this.changes = changes;
    this.meters = meters;
  }

  /** A message and the inboxes that have room for it. */
  private record Placed(NewMessage message, List<OpenInbox> inboxes) {}

  /** Gives for each message those that were too full. */
  List<Set<Long>> deliver(Connection connection, List<Incoming> messages, Duration patience)
      throws SQLException {
    var folders = FiledFolders.lock(connection, messages, patience);
    var inboxes = lock(connection, mailboxes(messages, folders), patience);
    var placed = new ArrayList<Placed>();
    var full = new ArrayList<Set<Long>>();
    for (var incoming : messages) {
      full.add(place(incoming, folders, inboxes, placed));
    }
    insert(connection, placed);
    var changed =
        Stream.concat(folders.all().stream(), inboxes.values().stream())
            .filter(inbox -> inbox.added().messages() > 0)
            .toList();
    count(connection, changed);
    changed.forEach(inbox -> changes.changed(inbox.mailboxId(), List.of(inbox.folderId())));
    meters.delivered(changed.stream().mapToLong(inbox -> inbox.added().messages()).sum());
    meters.overQuota(full.stream().mapToLong(Set::size).sum());
    return full;
  }

  private static SortedSet<Long> mailboxes(List<Incoming> messages, FiledFolders folders) {
    var all = new TreeSet<Long>();
    for (var incoming : messages) {
      incoming.mailboxIds().stream()
          .filter(mailboxId -> folders.of(incoming, mailboxId) == null)
          .forEach(all::add);
    }
    return all;
  }

  private static Set<Long> place(
      Incoming incoming, FiledFolders folders, Map<Long, OpenInbox> inboxes, List<Placed> placed) {
    var full = new HashSet<Long>();
    var roomy = new ArrayList<OpenInbox>();
    long octets = incoming.message().scanned().summary().size();
    for (long mailboxId : new TreeSet<>(incoming.mailboxIds())) {
      var filed = folders.of(incoming, mailboxId);
      var inbox = filed == null ? inboxes.get(mailboxId) : filed;
      if (inbox != null && inbox.reserve(octets)) {
        roomy.add(inbox);
      } else {
        full.add(mailboxId);
      }
    }
    if (!roomy.isEmpty()) {
      placed.add(new Placed(incoming.message(), roomy));
    }
    return full;
  }

  /** Locked in the order of mailboxes, as the lock order asks for. */
  private Map<Long, OpenInbox> lock(
      Connection connection, SortedSet<Long> mailboxIds, Duration patience) throws SQLException {
    var inboxes = new TreeMap<Long, OpenInbox>();
    for (var part : parts(List.copyOf(mailboxIds))) {
      var missing = new TreeSet<>(part);
      for (var inbox : lock(connection, part, patience)) {
        inboxes.put(inbox.mailboxId(), inbox);
        missing.remove(inbox.mailboxId());
      }
      for (long mailboxId : missing) {
        defaults.ensure(connection, mailboxId);
        lock(connection, List.of(mailboxId), patience)
            .forEach(inbox -> inboxes.put(inbox.mailboxId(), inbox));
      }
    }
    return inboxes;
  }

  private static <T> List<List<T>> parts(List<T> all) {
    var parts = new ArrayList<List<T>>();
    for (int from = 0; from < all.size(); from += MAILBOXES_PER_STATEMENT) {
      parts.add(all.subList(from, Math.min(from + MAILBOXES_PER_STATEMENT, all.size())));
    }
    return parts;
  }

  /** A statement changes each row once: two folders of a mailbox need two for its use. */
  private static List<List<OpenInbox>> partsWithDistinctMailboxes(List<OpenInbox> inboxes) {
    var parts = new ArrayList<List<OpenInbox>>();
    var left = inboxes;
    while (!left.isEmpty()) {
      var mailboxes = new HashSet<Long>();
      var byFirst =
          left.stream().collect(Collectors.partitioningBy(i -> mailboxes.add(i.mailboxId())));
      parts.addAll(parts(byFirst.getOrDefault(true, List.of())));
      left = byFirst.getOrDefault(false, List.of());
    }
    return parts;
  }

  private static List<OpenInbox> lock(
      Connection connection, List<Long> mailboxIds, Duration patience) throws SQLException {
    return Sql.of("select straight_join " + OpenInbox.COLUMNS)
        .add(
            """
             from folder f force index (folder_name)
              join mailbox_usage u on u.mailbox_id = f.mailbox_id
            where f.name = ? and f.mailbox_id in \
            """,
            FolderNames.INBOX)
        .in(mailboxIds)
        .add(" order by f.mailbox_id for update wait " + patience.toSeconds())
        .list(connection, OpenInbox::read);
  }

  private static void insert(Connection connection, List<Placed> placed) throws SQLException {
    var contents = Contents.insert(connection, placed.stream().map(Placed::message).toList());
    var insert = new MessageInsert(connection);
    for (int i = 0; i < placed.size(); i++) {
      var message = placed.get(i).message();
      for (var inbox : placed.get(i).inboxes()) {
        long flags =
            message.flags().isEmpty() ? 0 : flags(connection, inbox.folderId(), message.flags());
        insert.add(inbox.folderId(), inbox.add(message, flags, contents.get(i)));
      }
    }
    insert.finish();
  }

  /** The same system flags everywhere, keywords where the folder has room. */
  private static long flags(Connection connection, long folderId, Set<String> flags)
      throws SQLException {
    var keywords = Keywords.read(connection, folderId);
    try {
      return keywords.define(connection, folderId, flags);
    } catch (StoreProblem noRoomForKeywords) {
      if (noRoomForKeywords.kind() != StoreProblem.Kind.LIMIT) {
        throw noRoomForKeywords;
      }
      return keywords.encode(flags); // no reason to lose the message
    }
  }

  static void count(Connection connection, List<OpenInbox> inboxes) throws SQLException {
    for (var part : partsWithDistinctMailboxes(inboxes)) {
      var update = Sql.of("update (");
      for (int i = 0; i < part.size(); i++) {
        var inbox = part.get(i);
        var added = inbox.added();
        update.add(
            i == 0
                ? "select ? folder_id, ? mailbox_id, ? messages, ? octets, ? unseen, ? deleted"
                : " union all select ?, ?, ?, ?, ?, ?",
            inbox.folderId(),
            inbox.mailboxId(),
            added.messages(),
            added.octets(),
            added.unseen(),
            added.deleted());
      }
      update
          .add(
              """
              ) added straight_join folder f on f.id = added.folder_id
                straight_join mailbox_usage u on u.mailbox_id = added.mailbox_id
              set f.uid_next = f.uid_next + added.messages,
                f.highest_modseq = f.highest_modseq + added.messages,
                f.messages = f.messages + added.messages, f.octets = f.octets + added.octets,
                f.unseen = f.unseen + added.unseen, f.deleted = f.deleted + added.deleted,
                u.messages = u.messages + added.messages, u.octets = u.octets + added.octets""")
          .update(connection);
    }
  }
}
