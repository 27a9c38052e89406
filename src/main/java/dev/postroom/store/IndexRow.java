package dev.postroom.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A row of the table {@code message} as it is kept. */
record IndexRow(long uid, long modSeq, long flags, long internalDate, long size, long contentId) {
  static final String COLUMNS = "uid, modseq, flags, internal_date, size, content_id";

  static IndexRow read(ResultSet row) throws SQLException {
    return read(row, 1);
  }

  static IndexRow read(ResultSet row, int first) throws SQLException {
    return new IndexRow(
        row.getLong(first),
        row.getLong(first + 1),
        row.getLong(first + 2),
        row.getLong(first + 3),
        row.getLong(first + 4),
        row.getLong(first + 5));
  }

  /** Rows of a locked folder in UID order, those of {@code uids} that have all {@code flags}. */
  static List<IndexRow> list(Connection connection, LockedFolder folder, UidSet uids, long flags)
      throws SQLException {
    var rows = new ArrayList<IndexRow>();
    for (var condition : UidCondition.of(uids)) {
      Sql.of("select " + COLUMNS + " from message where folder_id = ? and ", folder.id())
          .add(condition)
          .add(" and flags & ? = ? order by uid", flags, flags)
          .forEach(connection, row -> rows.add(read(row)));
    }
    rows.sort(Comparator.comparingLong(IndexRow::uid));
    return rows;
  }

  static UidSet uids(List<IndexRow> rows) {
    return UidSet.of(rows.stream().map(IndexRow::uid).toList());
  }

  IndexRow with(long changedFlags, long changedModSeq) {
    return new IndexRow(uid, changedModSeq, changedFlags, internalDate, size, contentId);
  }

  IndexRow copied(long targetUid, long targetModSeq, long targetFlags) {
    return new IndexRow(targetUid, targetModSeq, targetFlags, internalDate, size, contentId);
  }

  StoredMessage message(Keywords keywords) {
    return new StoredMessage(
        uid, modSeq, keywords.decode(flags), Instant.ofEpochMilli(internalDate), size, contentId);
  }
}
