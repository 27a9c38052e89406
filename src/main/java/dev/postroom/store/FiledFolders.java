package dev.postroom.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The folders beside inboxes that a round of deliveries goes to, locked. Nothing is asked when no
 * message wants one. Inboxes, and folders with a use of their own such as Trash, are not among
 * them.
 */
final class FiledFolders {
  private record Wanted(long mailboxId, String name) {}

  private final Map<Wanted, OpenInbox> folders = new HashMap<>();

  private FiledFolders() {}

  static FiledFolders lock(Connection connection, List<Incoming> messages, Duration patience)
      throws SQLException {
    var wanted = new TreeMap<Long, TreeSet<String>>();
    for (var incoming : messages) {
      incoming
          .folders()
          .forEach(
              (mailboxId, name) ->
                  wanted.computeIfAbsent(mailboxId, _ -> new TreeSet<>()).add(canonical(name)));
    }
    var found = new FiledFolders();
    for (var mailbox : wanted.entrySet()) {
      for (var name : mailbox.getValue()) {
        found.lock(connection, new Wanted(mailbox.getKey(), name), patience);
      }
    }
    return found;
  }

  private void lock(Connection connection, Wanted wanted, Duration patience) throws SQLException {
    var name = nameOf(connection, wanted);
    if (name == null) {
      return;
    }
    Sql.of("select straight_join " + OpenInbox.COLUMNS)
        .add(
            """
             from folder f force index (folder_name)
              join mailbox_usage u on u.mailbox_id = f.mailbox_id
            where f.mailbox_id = ? and f.name = ? for update wait \
            """,
            wanted.mailboxId(),
            name)
        .add(String.valueOf(patience.toSeconds()))
        .list(connection, OpenInbox::read)
        .forEach(folder -> folders.put(wanted, folder));
  }

  /** As it is written there; the same letters in the same case first. */
  private static @Nullable String nameOf(Connection connection, Wanted wanted) throws SQLException {
    return Sql.of(
            """
            select name from folder
            where mailbox_id = ? and lower(name) = lower(?) and name <> ? and special_use is null
            order by name = ? desc, name limit 1""",
            wanted.mailboxId(),
            wanted.name(),
            FolderNames.INBOX,
            wanted.name())
        .list(connection, row -> row.getString(1))
        .stream()
        .findFirst()
        .orElse(null);
  }

  private static String canonical(String name) {
    return FolderNames.canonical(name);
  }

  /** Where the message goes in this mailbox; null for the inbox. */
  @Nullable OpenInbox of(Incoming incoming, long mailboxId) {
    var name = incoming.folders().get(mailboxId);
    return name == null ? null : folders.get(new Wanted(mailboxId, canonical(name)));
  }

  Collection<OpenInbox> all() {
    return folders.values();
  }
}
