package dev.postroom.sending;

import dev.postroom.sending.Window.Amount;
import dev.postroom.sending.Window.Row;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** The statements on what was sent. */
@ApplicationScoped
class SendingTable {
  private static final int MILLIS_OF_DAY = 86_400_000;

  private final AgroalDataSource database;

  SendingTable(AgroalDataSource database) {
    this.database = database;
  }

  List<Row> read(Collection<Scope> scopes, long sinceHour) {
    if (scopes.isEmpty()) {
      return List.of();
    }
    var places = String.join(",", Collections.nCopies(scopes.size(), "(?,?)"));
    var sql =
        "SELECT scope, id, hour, messages, recipients FROM sent WHERE (scope, id) IN (%s)"
            + " AND hour > ?";
    try (var connection = database.getConnection();
        var select = connection.prepareStatement(sql.formatted(places))) {
      int place = 1;
      for (var scope : scopes) {
        select.setString(place++, scope.kind().name());
        select.setLong(place++, scope.id());
      }
      select.setLong(place, sinceHour);
      var found = new ArrayList<Row>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          var scope = new Scope(Scope.Kind.valueOf(rows.getString(1)), rows.getLong(2));
          found.add(new Row(scope, rows.getLong(3), new Amount(rows.getLong(4), rows.getLong(5))));
        }
      }
      return found;
    } catch (SQLException failed) {
      throw new SendingUnavailableException(failed);
    }
  }

  /** Adds all of them, in the caller's transaction and in the order of the key. */
  void add(Collection<Row> rows) {
    try (var connection = database.getConnection();
        var upsert =
            connection.prepareStatement(
                """
                INSERT INTO sent (scope, id, hour, messages, recipients) VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE messages = messages + VALUES(messages),
                  recipients = recipients + VALUES(recipients)""")) {
      for (var row : rows) {
        upsert.setString(1, row.scope().kind().name());
        upsert.setLong(2, row.scope().id());
        upsert.setLong(3, row.hour());
        upsert.setLong(4, row.amount().messages());
        upsert.setLong(5, row.amount().recipients());
        upsert.addBatch();
      }
      upsert.executeBatch();
    } catch (SQLException failed) {
      throw new SendingUnavailableException(failed);
    }
  }

  void forgetUntil(long hour) {
    try (var connection = database.getConnection();
        var delete = connection.prepareStatement("DELETE FROM sent WHERE hour <= ?")) {
      delete.setLong(1, hour);
      delete.executeUpdate();
    } catch (SQLException failed) {
      throw new SendingUnavailableException(failed);
    }
  }

  /** Notes that somebody is told now; false when they were within the last day. */
  boolean notice(Scope scope, long nowMillis) {
    try (var connection = database.getConnection()) {
      return insertNotice(connection, scope, nowMillis) > 0
          || renewNotice(connection, scope, nowMillis) > 0;
    } catch (SQLException failed) {
      throw new SendingUnavailableException(failed);
    }
  }

  private static int insertNotice(Connection connection, Scope scope, long nowMillis)
      throws SQLException {
    try (var insert =
        connection.prepareStatement("INSERT IGNORE INTO sending_notice VALUES (?, ?, ?)")) {
      insert.setString(1, scope.kind().name());
      insert.setLong(2, scope.id());
      insert.setLong(3, nowMillis);
      return insert.executeUpdate();
    }
  }

  private static int renewNotice(Connection connection, Scope scope, long nowMillis)
      throws SQLException {
    try (var update =
        connection.prepareStatement(
            "UPDATE sending_notice SET noticed_at = ?"
                + " WHERE scope = ? AND id = ? AND noticed_at <= ?")) {
      update.setLong(1, nowMillis);
      update.setString(2, scope.kind().name());
      update.setLong(3, scope.id());
      update.setLong(4, nowMillis - MILLIS_OF_DAY);
      return update.executeUpdate();
    }
  }
}
