package dev.postroom.store;

import dev.postroom.store.MailboxStore.FlagChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** STORE: the same change for many messages, as bits. */
@ApplicationScoped
class Flagging {
  private final Changes changes;

  @Inject
  Flagging(Changes changes) {
    this.changes = changes;
  }

  /** New flags are the old ones {@code & keep | set}. */
  private record BitChange(long keep, long set) {
    static BitChange of(FlagChange change, long bits) {
      return switch (change) {
        case REPLACE -> new BitChange(0, bits);
        case ADD -> new BitChange(Long.MAX_VALUE, bits);
        case REMOVE -> new BitChange(Long.MAX_VALUE & ~bits, 0);
      };
    }

    long apply(long flags) {
      return flags & keep | set;
    }
  }

  List<StoredMessage> store(
      Connection connection,
      long mailboxId,
      long folderId,
      UidSet uids,
      FlagChange change,
      Set<String> flags)
      throws SQLException {
    var folder = LockedFolder.lock(connection, mailboxId, folderId);
    var rows = IndexRow.list(connection, folder, uids, 0);
    var keywords = Keywords.read(connection, folderId);
    if (rows.isEmpty()) {
      return List.of();
    }
    long bits =
        change == FlagChange.REMOVE
            ? keywords.encode(flags)
            : keywords.define(connection, folderId, flags);
    var now = apply(connection, folder, uids, rows, BitChange.of(change, bits));
    return now.stream().map(row -> row.message(keywords)).toList();
  }

  private List<IndexRow> apply(
      Connection connection,
      LockedFolder folder,
      UidSet uids,
      List<IndexRow> rows,
      BitChange change)
      throws SQLException {
    var before = new ArrayList<IndexRow>();
    var after = new ArrayList<IndexRow>();
    var all = new ArrayList<IndexRow>(rows.size());
    for (var row : rows) {
      long flags = change.apply(row.flags());
      if (flags == row.flags()) {
        all.add(row);
      } else {
        var changed = row.with(flags, folder.modSeq());
        before.add(row);
        after.add(changed);
        all.add(changed);
      }
    }
    if (!after.isEmpty()) {
      update(connection, folder, uids, change);
      folder.changed(Tally.of(before), Tally.of(after));
      folder.save(connection);
      changes.changed(List.of(folder.id()));
    }
    return all;
  }

  private static void update(
      Connection connection, LockedFolder folder, UidSet uids, BitChange change)
      throws SQLException {
    for (var condition : UidCondition.of(uids)) {
      Sql.of(
              "update message set flags = flags & ? | ?, modseq = ? where folder_id = ? and ",
              change.keep(),
              change.set(),
              folder.modSeq(),
              folder.id())
          .add(condition)
          .add(" and flags <> (flags & ? | ?)", change.keep(), change.set())
          .update(connection);
    }
  }
}
