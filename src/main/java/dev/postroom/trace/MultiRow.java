package dev.postroom.trace;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One INSERT of many rows: fewer statements, and a fraction of the work. */
final class MultiRow {
  private static final int ROWS_PER_STATEMENT = 200;

  private final String insert;
  private final String onDuplicate;
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  /**
   * @param insert up to the word VALUES
   * @param onDuplicate what follows the rows, or empty
   */
  MultiRow(String insert, String onDuplicate) {
    this.insert = insert;
    this.onDuplicate = onDuplicate;
  }

  void add(@Nullable Object... values) {
    rows.add(values);
  }

  void execute(Connection connection) throws SQLException {
    for (int from = 0; from < rows.size(); from += ROWS_PER_STATEMENT) {
      execute(connection, rows.subList(from, Math.min(from + ROWS_PER_STATEMENT, rows.size())));
    }
  }

  private void execute(Connection connection, List<@Nullable Object[]> part) throws SQLException {
    var row = "(" + String.join(",", Collections.nCopies(part.getFirst().length, "?")) + ")";
    var sql = insert + String.join(",", Collections.nCopies(part.size(), row)) + onDuplicate;
    try (var statement = connection.prepareStatement(sql)) {
      int at = 1;
      for (var values : part) {
        for (var value : values) {
          statement.setObject(at++, value);
        }
      }
      statement.executeUpdate();
    }
  }
}
