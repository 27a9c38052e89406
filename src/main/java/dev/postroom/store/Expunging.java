package dev.postroom.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Removes messages and remembers their UIDs for those who have seen them. */
@ApplicationScoped
class Expunging {
  private static final int RANGES_PER_STATEMENT = 5000;

  private final Changes changes;
  private final StoreMeters meters;
  private final StoreConfig config;
  private final Clock clock;

  @Inject
  Expunging(Changes changes, StoreMeters meters, StoreConfig config, Clock clock) {
    this.changes = changes;
    this.meters = meters;
    this.config = config;
    this.clock = clock;
  }

  /** Removes those of {@code uids} that have all {@code flags}; gives their UIDs. */
  List<Long> expunge(Connection connection, long mailboxId, long folderId, UidSet uids, long flags)
      throws SQLException {
    var folder = LockedFolder.lock(connection, mailboxId, folderId);
    if (flags == FlagBits.DELETED && folder.deleted() == 0) {
      return List.of();
    }
    var rows = IndexRow.list(connection, folder, uids, flags);
    if (rows.isEmpty()) {
      return List.of();
    }
    delete(connection, folder, rows);
    Contents.release(connection, rows.stream().map(IndexRow::contentId).toList(), clock.millis());
    folder.save(connection);
    var tally = Tally.of(rows);
    UsageLedger.release(connection, mailboxId, tally.messages(), tally.octets());
    meters.expunged(rows.size());
    changes.changed(mailboxId, List.of(folderId));
    return rows.stream().map(IndexRow::uid).toList();
  }

  /** Deletes the rows and counts them out of the folder, which the caller saves. */
  void delete(Connection connection, LockedFolder folder, List<IndexRow> rows) throws SQLException {
    var uids = IndexRow.uids(rows);
    for (var condition : UidCondition.of(uids)) {
      Sql.of("delete from message where folder_id = ? and ", folder.id())
          .add(condition)
          .update(connection);
    }
    folder.removed(Tally.of(rows));
    remember(connection, folder, folder.messages() == 0 ? allUids(folder) : uids);
    forgetTheOldest(connection, folder);
  }

  private static UidSet allUids(LockedFolder folder) {
    return new UidSet(List.of(new UidSet.Range(1, folder.uidNext() - 1)));
  }

  private static void remember(Connection connection, LockedFolder folder, UidSet uids)
      throws SQLException {
    var ranges = uids.ranges();
    for (int from = 0; from < ranges.size(); from += RANGES_PER_STATEMENT) {
      var part = ranges.subList(from, Math.min(from + RANGES_PER_STATEMENT, ranges.size()));
      var insert = Sql.of("insert into expunged (folder_id, modseq, first_uid, last_uid) values");
      for (int i = 0; i < part.size(); i++) {
        var range = part.get(i);
        insert.row(i == 0, folder.id(), folder.modSeq(), range.first(), range.last());
      }
      insert.update(connection);
    }
  }

  /** Keeps the list short; {@link IndexReader#since} knows from which MODSEQ on it is whole. */
  private void forgetTheOldest(Connection connection, LockedFolder folder) throws SQLException {
    var surplus =
        Sql.of(
                """
                select modseq from expunged where folder_id = ?
                order by modseq desc, first_uid desc limit 1 offset ?""",
                folder.id(),
                config.expungedRanges())
            .list(connection, row -> row.getLong(1));
    if (!surplus.isEmpty()) {
      long modSeq = surplus.getFirst();
      Sql.of("delete from expunged where folder_id = ? and modseq <= ?", folder.id(), modSeq)
          .update(connection);
      Sql.of("update folder set forgotten_modseq = ? where id = ?", modSeq, folder.id())
          .update(connection);
    }
  }
}
