package dev.postroom.sending;

import dev.postroom.directory.Role;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The statements on limits that were set for one. */
@ApplicationScoped
class SetLimitsTable {
  /**
   * @param by who set them, null when nothing is set
   */
  record Stored(SetLimits limits, @Nullable Role by) {}

  private final AgroalDataSource database;

  SetLimitsTable(AgroalDataSource database) {
    this.database = database;
  }

  private static String column(Scope scope) {
    return switch (scope.kind()) {
      case ACCOUNT -> "account_id";
      case DOMAIN -> "domain_id";
      case MAILBOX -> "mailbox_id";
    };
  }

  Stored find(Scope scope) {
    var sql =
        "SELECT messages_per_hour, messages_per_day, recipients_per_hour, recipients_per_day,"
            + " set_by FROM sending_limits WHERE %s = ?";
    try (var connection = database.getConnection();
        var select = connection.prepareStatement(sql.formatted(column(scope)))) {
      select.setLong(1, scope.id());
      try (var row = select.executeQuery()) {
        if (!row.next()) {
          return new Stored(SetLimits.NOTHING, null);
        }
        var limits =
            new SetLimits(
                row.getObject(1, Long.class),
                row.getObject(2, Long.class),
                row.getObject(3, Long.class),
                row.getObject(4, Long.class));
        return new Stored(limits, Role.valueOf(row.getString(5)));
      }
    } catch (SQLException failed) {
      throw new SendingUnavailableException(failed);
    }
  }

  void set(Scope scope, SetLimits limits, Role by) {
    try (var connection = database.getConnection()) {
      if (limits.isNothing()) {
        remove(connection, scope);
      } else {
        put(connection, scope, limits, by);
      }
    } catch (SQLException failed) {
      throw new SendingUnavailableException(failed);
    }
  }

  private static void remove(Connection connection, Scope scope) throws SQLException {
    var sql = "DELETE FROM sending_limits WHERE %s = ?";
    try (var delete = connection.prepareStatement(sql.formatted(column(scope)))) {
      delete.setLong(1, scope.id());
      delete.executeUpdate();
    }
  }

  private static void put(Connection connection, Scope scope, SetLimits limits, Role by)
      throws SQLException {
    var sql =
        """
        INSERT INTO sending_limits (%s, messages_per_hour, messages_per_day, recipients_per_hour,
          recipients_per_day, set_by) VALUES (?, ?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE messages_per_hour = VALUES(messages_per_hour),
          messages_per_day = VALUES(messages_per_day),
          recipients_per_hour = VALUES(recipients_per_hour),
          recipients_per_day = VALUES(recipients_per_day), set_by = VALUES(set_by)""";
    try (var insert = connection.prepareStatement(sql.formatted(column(scope)))) {
      insert.setLong(1, scope.id());
      insert.setObject(2, limits.messagesPerHour());
      insert.setObject(3, limits.messagesPerDay());
      insert.setObject(4, limits.recipientsPerHour());
      insert.setObject(5, limits.recipientsPerDay());
      insert.setString(6, by.name());
      insert.executeUpdate();
    }
  }
}
