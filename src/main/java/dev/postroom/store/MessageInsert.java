package dev.postroom.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Inserts many rows of the index with few statements. */
final class MessageInsert {
  private static final int ROWS = 5000;

  private final Connection connection;
  private Sql statement = start();
  private int rows;

  MessageInsert(Connection connection) {
    this.connection = connection;
  }

  private static Sql start() {
    return Sql.of("insert into message (folder_id, " + IndexRow.COLUMNS + ") values");
  }

  void add(long folderId, IndexRow row) throws SQLException {
    statement.row(
        rows == 0,
        folderId,
        row.uid(),
        row.modSeq(),
        row.flags(),
        row.internalDate(),
        row.size(),
        row.contentId());
    rows++;
    if (rows == ROWS) {
      finish();
    }
  }

  void finish() throws SQLException {
    if (rows > 0) {
      statement.update(connection);
      statement = start();
      rows = 0;
    }
  }
}
