package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notes on folders and on the server (RFC 5464): shared ones, and those of one reader each. */
@ApplicationScoped
class Annotations {
  private final Changes changes;
  private final StoreConfig config;

  @Inject
  Annotations(Changes changes, StoreConfig config) {
    this.changes = changes;
    this.config = config;
  }

  /** Those of several folders that a reader may see, in one query; by folder and entry. */
  List<Annotation> read(
      Connection connection, long readerId, Collection<Long> folderIds, Annotation.Query query)
      throws SQLException {
    var found = new ArrayList<Annotation>();
    if (folderIds.isEmpty()) {
      return found;
    }
    Sql.of(
            """
            select folder_key, entry, length(value), if(length(value) <= ?, value, null)
            from annotation where folder_key in \
            """,
            query.maxSize())
        .in(folderIds)
        .add(" and (mailbox_id = ? or entry like '/shared/%') and (false", readerId)
        .add(condition(query))
        .add(") order by folder_key, entry")
        .forEach(connection, row -> found.add(annotation(row)));
    if (query.depth() == 1) {
      found.removeIf(annotation -> !isWithinOneLevel(annotation.entry(), query.entries()));
    }
    return found;
  }

  private static Sql condition(Annotation.Query query) {
    var condition = Sql.of("");
    for (var entry : query.entries()) {
      condition.add(" or entry = ?", entry);
      if (query.depth() > 0) {
        condition.add(
            " or entry like ? escape '|'", entry.replace("|", "||").replace("_", "|_") + "/%");
      }
    }
    return condition;
  }

  private static boolean isWithinOneLevel(String entry, Collection<String> asked) {
    return asked.contains(entry) || asked.contains(entry.substring(0, entry.lastIndexOf('/')));
  }

  private static Annotation annotation(ResultSet row) throws SQLException {
    return new Annotation(row.getLong(1), row.getString(2), row.getLong(3), row.getBytes(4));
  }

  /**
   * Sets and removes; all or nothing (RFC 5464 §4.3).
   *
   * @param ownerId the mailbox that has the folder, which shared ones belong to
   * @param values empty for what is to be removed
   */
  boolean write(
      Connection connection,
      long ownerId,
      long writerId,
      long folderId,
      Map<String, Optional<byte[]>> values)
      throws SQLException {
    var folder =
        folderId == Annotation.SERVER ? null : LockedFolder.lock(connection, ownerId, folderId);
    boolean changed = false;
    for (var value : values.entrySet()) {
      var entry = value.getKey();
      long belongsTo = entry.startsWith(Annotation.SHARED) ? ownerId : writerId;
      if (value.getValue().isPresent()) {
        set(connection, belongsTo, folderId, entry, value.getValue().get());
      } else if (remove(connection, belongsTo, folderId, entry) == 0) {
        continue; // there was none
      }
      changes.note(belongsTo, new MailboxNotice.Annotated(folderId, Set.of(entry)));
      changed = true;
    }
    if (folder != null && changed) {
      folder.save(connection); // RFC 7162 §3.2: the mailbox has a higher MODSEQ then
      changes.touched(List.of(folderId));
    }
    if (values.values().stream().anyMatch(Optional::isPresent)) {
      check(connection, ownerId, folderId);
      check(connection, writerId, folderId);
    }
    return true;
  }

  private static void set(
      Connection connection, long mailboxId, long folderId, String entry, byte[] value)
      throws SQLException {
    Sql.of(
            """
            insert into annotation (folder_id, mailbox_id, entry, value) values (?, ?, ?, ?)
            on duplicate key update value = ?""",
            folderId == Annotation.SERVER ? null : folderId,
            mailboxId,
            entry,
            value,
            value)
        .update(connection);
  }

  private static int remove(Connection connection, long mailboxId, long folderId, String entry)
      throws SQLException {
    return Sql.of(
            "delete from annotation where folder_key = ? and mailbox_id = ? and entry = ?",
            folderId,
            mailboxId,
            entry)
        .update(connection);
  }

  private void check(Connection connection, long mailboxId, long folderId) throws SQLException {
    Sql.of(
            """
            select coalesce(sum(folder_key = ?), 0), coalesce(sum(length(value)), 0)
            from annotation where mailbox_id = ?""",
            folderId,
            mailboxId)
        .forEach(connection, row -> check(row.getLong(1), row.getLong(2)));
  }

  private void check(long count, long octets) {
    if (count > config.annotations()) {
      throw new StoreProblem(
          StoreProblem.Kind.LIMIT, "a folder has at most " + config.annotations() + " annotations");
    }
    if (octets > config.annotationOctets().asLongValue()) {
      throw new StoreProblem(StoreProblem.Kind.OVERQUOTA, "no room for more annotations");
    }
  }

  static void removeAll(Connection connection, long folderId) throws SQLException {
    Sql.of("delete from annotation where folder_id = ?", folderId).update(connection);
  }

  /** RFC 5464 §4.1: a renamed INBOX leaves its annotations, and has them under its new name. */
  static void copyAll(Connection connection, long fromFolderId, long toFolderId)
      throws SQLException {
    Sql.of(
            """
            insert into annotation (folder_id, mailbox_id, entry, value)
            select ?, mailbox_id, entry, value from annotation where folder_id = ?""",
            toFolderId,
            fromFolderId)
        .update(connection);
  }
}
