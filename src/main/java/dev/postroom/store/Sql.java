package dev.postroom.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement put together from pieces, each with its values. For one thread, used once. */
final class Sql {
  /** More rows than that are read from the server bit by bit. */
  private static final int FETCH_ROWS = 2000;

  /** Reads one row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Takes one row. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }

  private final StringBuilder text = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();

  static Sql of(String text, @Nullable Object... values) {
    return new Sql().add(text, values);
  }

  Sql add(String piece, @Nullable Object... values) {
    text.append(piece);
    Collections.addAll(this.values, values);
    return this;
  }

  Sql add(Sql piece) {
    text.append(piece.text);
    values.addAll(piece.values);
    return this;
  }

  /** {@code (?, ?, ?)} for the values of an IN; there must be at least one. */
  Sql in(Collection<?> list) {
    text.append('(').repeat("?, ", list.size() - 1).append("?)");
    values.addAll(list);
    return this;
  }

  /** One more row of VALUES, with its comma where it is not the first. */
  Sql row(boolean first, @Nullable Object... values) {
    text.append(first ? " " : ", ");
    return in(Arrays.asList(values));
  }

  private PreparedStatement prepare(Connection connection, int keys) throws SQLException {
    var statement = connection.prepareStatement(text.toString(), keys);
    try {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      return statement;
    } catch (SQLException failed) {
      statement.close();
      throw failed;
    }
  }

  int update(Connection connection) throws SQLException {
    try (var statement = prepare(connection, Statement.NO_GENERATED_KEYS)) {
      return statement.executeUpdate();
    }
  }

  /** Inserts one row and gives the key that the server made for it. */
  long insert(Connection connection) throws SQLException {
    try (var statement = prepare(connection, Statement.RETURN_GENERATED_KEYS)) {
      statement.executeUpdate();
      try (var keys = statement.getGeneratedKeys()) {
        if (!keys.next()) {
          throw new SQLException("no key was generated");
        }
        return keys.getLong(1);
      }
    }
  }

  void forEach(Connection connection, RowConsumer consumer) throws SQLException {
    try (var statement = prepare(connection, Statement.NO_GENERATED_KEYS)) {
      statement.setFetchSize(FETCH_ROWS);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          consumer.accept(rows);
        }
      }
    }
  }

  <T> List<T> list(Connection connection, Row<T> row) throws SQLException {
    var list = new ArrayList<T>();
    forEach(connection, rows -> list.add(row.read(rows)));
    return list;
  }
}
