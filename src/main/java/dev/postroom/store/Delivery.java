package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** One message into many inboxes: the same few statements for one and for a thousand. */
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

  /** An INBOX whose row is locked, with its mailbox's use. */
  private record Inbox(
      long mailboxId, long folderId, long uidNext, long highestModSeq, boolean hasRoom) {
    static Inbox read(ResultSet row) throws SQLException {
      return new Inbox(
          row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getBoolean(5));
    }
  }

  /** Gives those that were too full. */
  Set<Long> deliver(Connection connection, Collection<Long> mailboxIds, NewMessage message)
      throws SQLException {
    var full = new HashSet<Long>();
    var roomy = new ArrayList<Inbox>();
    for (var inbox : lock(connection, new TreeSet<>(mailboxIds), octets(message))) {
      if (inbox.hasRoom()) {
        roomy.add(inbox);
      } else {
        full.add(inbox.mailboxId());
      }
    }
    if (!roomy.isEmpty()) {
      var flags = flags(connection, roomy, message);
      insert(connection, roomy, message, flags, Contents.insert(connection, message));
      meters.delivered(roomy.size());
      changes.changed(roomy.stream().map(Inbox::folderId).toList());
    }
    meters.overQuota(full.size());
    return full;
  }

  private static long octets(NewMessage message) {
    return message.scanned().summary().size();
  }

  private List<Inbox> lock(Connection connection, SortedSet<Long> mailboxIds, long octets)
      throws SQLException {
    var inboxes = new ArrayList<Inbox>();
    for (var part : parts(mailboxIds)) {
      var missing = new TreeSet<>(part);
      for (var inbox : lock(connection, part, octets)) {
        inboxes.add(inbox);
        missing.remove(inbox.mailboxId());
      }
      for (long mailboxId : missing) {
        defaults.ensure(connection, mailboxId);
        inboxes.addAll(lock(connection, List.of(mailboxId), octets));
      }
    }
    return inboxes;
  }

  private static List<List<Long>> parts(SortedSet<Long> ids) {
    var all = List.copyOf(ids);
    var parts = new ArrayList<List<Long>>();
    for (int from = 0; from < all.size(); from += MAILBOXES_PER_STATEMENT) {
      parts.add(all.subList(from, Math.min(from + MAILBOXES_PER_STATEMENT, all.size())));
    }
    return parts;
  }

  private static List<Inbox> lock(Connection connection, List<Long> mailboxIds, long octets)
      throws SQLException {
    return Sql.of(
            """
            select straight_join f.mailbox_id, f.id, f.uid_next, f.highest_modseq,
              u.octets + ? <= (select quota_octets from mailbox m where m.id = f.mailbox_id)
            from folder f force index (folder_name)
              join mailbox_usage u on u.mailbox_id = f.mailbox_id
            where f.name = ? and f.mailbox_id in \
            """,
            octets,
            FolderNames.INBOX)
        .in(mailboxIds)
        .add(" order by f.mailbox_id for update")
        .list(connection, Inbox::read);
  }

  private static void insert(
      Connection connection,
      List<Inbox> inboxes,
      NewMessage message,
      Map<Long, Long> flags,
      long contentId)
      throws SQLException {
    var insert = new MessageInsert(connection);
    for (var inbox : inboxes) {
      insert.add(
          inbox.folderId(),
          new IndexRow(
              inbox.uidNext(),
              inbox.highestModSeq() + 1,
              flags.getOrDefault(inbox.folderId(), 0L),
              message.internalDate().toEpochMilli(),
              octets(message),
              contentId));
    }
    insert.finish();
    long anyFlags = flags.getOrDefault(inboxes.getFirst().folderId(), 0L);
    count(connection, inboxes, Tally.of(anyFlags, octets(message)));
  }

  /** Bits by folder: the same system flags everywhere, keywords where the folder has room. */
  private static Map<Long, Long> flags(
      Connection connection, List<Inbox> inboxes, NewMessage message) throws SQLException {
    var flags = new HashMap<Long, Long>();
    if (!message.flags().isEmpty()) {
      for (var inbox : inboxes) {
        flags.put(inbox.folderId(), flags(connection, inbox.folderId(), message.flags()));
      }
    }
    return flags;
  }

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

  private static void count(Connection connection, List<Inbox> inboxes, Tally tally)
      throws SQLException {
    Sql.of(
            """
            update folder set uid_next = uid_next + 1, highest_modseq = highest_modseq + 1,
              messages = messages + 1, octets = octets + ?, unseen = unseen + ?,
              deleted = deleted + ?
            where id in \
            """,
            tally.octets(),
            tally.unseen(),
            tally.deleted())
        .in(inboxes.stream().map(Inbox::folderId).toList())
        .update(connection);
    Sql.of(
            """
            update mailbox_usage set messages = messages + 1, octets = octets + ?
            where mailbox_id in \
            """,
            tally.octets())
        .in(inboxes.stream().map(Inbox::mailboxId).toList())
        .update(connection);
  }
}
