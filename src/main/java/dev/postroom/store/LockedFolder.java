package dev.postroom.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A folder whose row is locked until the transaction ends, so that UIDs and MODSEQs are given out
 * and committed in order. Counts what is done to it; {@link #save} writes that back. For one
 * thread.
 */
final class LockedFolder {
  private static final String COLUMNS =
      "id, uid_validity, uid_next, highest_modseq, messages, octets, unseen, deleted";

  private final long id;
  private final long uidValidity;
  private long uidNext;
  private final long modSeq;
  private long messages;
  private long octets;
  private long unseen;
  private long deleted;

  private LockedFolder(ResultSet row) throws SQLException {
    id = row.getLong(1);
    uidValidity = row.getLong(2);
    uidNext = row.getLong(3);
    modSeq = row.getLong(4) + 1;
    messages = row.getLong(5);
    octets = row.getLong(6);
    unseen = row.getLong(7);
    deleted = row.getLong(8);
  }

  static LockedFolder lock(Connection connection, long mailboxId, long folderId)
      throws SQLException {
    return lock(connection, mailboxId, List.of(folderId)).getFirst();
  }

  /** Locks in ascending order, as everybody does; gives them in the order asked for. */
  static List<LockedFolder> lock(Connection connection, long mailboxId, List<Long> folderIds)
      throws SQLException {
    var locked = new HashMap<Long, LockedFolder>();
    Sql.of("select " + COLUMNS + " from folder force index (primary) where id in ")
        .in(new TreeSet<>(folderIds))
        .add(" and mailbox_id = ? order by id for update", mailboxId)
        .forEach(connection, row -> locked.put(row.getLong(1), new LockedFolder(row)));
    var asked = new ArrayList<LockedFolder>();
    for (var id : folderIds) {
      asked.add(found(locked.get(id)));
    }
    return asked;
  }

  /** Of two mailboxes: the first and the second folder, locked in the order of their mailboxes. */
  static List<LockedFolder> lock(
      Connection connection, long mailboxId, long folderId, long otherMailboxId, long otherFolderId)
      throws SQLException {
    if (mailboxId == otherMailboxId) {
      return lock(connection, mailboxId, List.of(folderId, otherFolderId));
    }
    if (mailboxId < otherMailboxId) {
      var folder = lock(connection, mailboxId, folderId);
      return List.of(folder, lock(connection, otherMailboxId, otherFolderId));
    }
    var other = lock(connection, otherMailboxId, otherFolderId);
    return List.of(lock(connection, mailboxId, folderId), other);
  }

  static <T> T found(@Nullable T folder) {
    if (folder == null) {
      throw new StoreProblem(StoreProblem.Kind.NONEXISTENT, "there is no such folder");
    }
    return folder;
  }

  long id() {
    return id;
  }

  long uidValidity() {
    return uidValidity;
  }

  /** The next UID that nobody has. */
  long uidNext() {
    return uidNext;
  }

  /** The one for everything that this transaction changes in the folder through this object. */
  long modSeq() {
    return modSeq;
  }

  long messages() {
    return messages;
  }

  long octets() {
    return octets;
  }

  /** How many have {@code \Deleted}. */
  long deleted() {
    return deleted;
  }

  /** Counts in messages that take the next UIDs. */
  void added(Tally tally) {
    uidNext += tally.messages();
    count(tally, 1);
  }

  void removed(Tally tally) {
    count(tally, -1);
  }

  /** The same messages, before and after. */
  void changed(Tally before, Tally after) {
    count(before, -1);
    count(after, 1);
  }

  private void count(Tally tally, int sign) {
    messages += sign * tally.messages();
    octets += sign * tally.octets();
    unseen += sign * tally.unseen();
    deleted += sign * tally.deleted();
  }

  void save(Connection connection) throws SQLException {
    Sql.of(
            """
            update folder set uid_next = ?, highest_modseq = ?, messages = ?, octets = ?,
              unseen = ?, deleted = ?
            where id = ?""",
            uidNext,
            modSeq,
            messages,
            octets,
            unseen,
            deleted,
            id)
        .update(connection);
  }
}
