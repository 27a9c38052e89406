package dev.postroom.trace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A statement, or a condition in one, with the values for its marks. */
final class Sql {
  static final Sql TRUE = new Sql("true");

  /** Makes something of a row. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final String text;
  private final List<Object> values;
  private final boolean hasWhere;

  Sql(String text, Object... values) {
    this(text, List.of(values), false);
  }

  private Sql(String text, List<Object> values, boolean hasWhere) {
    this.text = text;
    this.values = values;
    this.hasWhere = hasWhere;
  }

  Sql add(String more, Object... itsValues) {
    return add(more, List.of(itsValues), hasWhere);
  }

  Sql add(Sql more) {
    return add(more.text, more.values, hasWhere);
  }

  /** One more condition of the statement. */
  Sql and(Sql condition) {
    return this == TRUE
        ? condition
        : add((hasWhere ? " and (" : " where (") + condition.text + ")", condition.values, true);
  }

  /** Both conditions. */
  Sql both(Sql other) {
    return this == TRUE ? other : add(" and " + other.text, other.values, false);
  }

  private Sql add(String more, List<Object> itsValues, boolean nowHasWhere) {
    var all = new ArrayList<>(values);
    all.addAll(itsValues);
    return new Sql(text + more, all, nowHasWhere);
  }

  <T> List<T> list(Connection connection, Reader<T> reader) throws SQLException {
    try (var statement = connection.prepareStatement(text)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      var found = new ArrayList<T>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    }
  }
}
