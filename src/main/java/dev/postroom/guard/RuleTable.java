package dev.postroom.guard;

import dev.postroom.guard.ClientRule.Kind;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements on rules and bans. */
@ApplicationScoped
class RuleTable {
  static final String COLUMNS = "id, network, kind, reason, since, until, times, made_by";

  private final AgroalDataSource database;

  RuleTable(AgroalDataSource database) {
    this.database = database;
  }

  List<ClientRule> all() {
    try (var connection = database.getConnection();
        var select = connection.prepareStatement("SELECT " + COLUMNS + " FROM client_rule");
        var rows = select.executeQuery()) {
      var rules = new ArrayList<ClientRule>();
      while (rows.next()) {
        rules.add(rule(rows));
      }
      return rules;
    } catch (SQLException failed) {
      throw new GuardUnavailableException(failed);
    }
  }

  static ClientRule rule(ResultSet row) throws SQLException {
    return new ClientRule(
        row.getLong(1),
        Network.parse(row.getString(2)),
        Kind.valueOf(row.getString(3)),
        row.getString(4),
        Instant.ofEpochMilli(row.getLong(5)),
        instant(row.getObject(6, Long.class)),
        row.getInt(7),
        row.getString(8));
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  /** One rule a network: the new one replaces the old one. Gives its id. */
  long put(Connection connection, ClientRule rule) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            INSERT INTO client_rule (network, kind, reason, since, until, times, made_by)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), kind = VALUES(kind),
              reason = VALUES(reason), since = VALUES(since), until = VALUES(until),
              times = VALUES(times), made_by = VALUES(made_by)""",
            Statement.RETURN_GENERATED_KEYS)) {
      fill(insert, rule);
      insert.executeUpdate();
      var key = insert.getGeneratedKeys();
      key.next();
      return key.getLong(1);
    }
  }

  private static void fill(PreparedStatement insert, ClientRule rule) throws SQLException {
    insert.setString(1, rule.network().toString());
    insert.setString(2, rule.kind().name());
    insert.setString(3, rule.reason());
    insert.setLong(4, rule.since().toEpochMilli());
    insert.setObject(5, rule.until() == null ? null : rule.until().toEpochMilli(), Types.BIGINT);
    insert.setInt(6, rule.times());
    insert.setString(7, rule.by());
  }

  /** Not over a rule that a person made meanwhile. */
  void ban(ClientRule ban) {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                INSERT INTO client_rule (network, kind, reason, since, until, times, made_by)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE reason = IF(kind = 'BAN', VALUES(reason), reason),
                  since = IF(kind = 'BAN', VALUES(since), since),
                  until = IF(kind = 'BAN', VALUES(until), until),
                  times = IF(kind = 'BAN', VALUES(times), times)""")) {
      fill(insert, ban);
      insert.executeUpdate();
    } catch (SQLException failed) {
      throw new GuardUnavailableException(failed);
    }
  }

  Optional<ClientRule> find(Connection connection, long id) throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM client_rule WHERE id = ?")) {
      select.setLong(1, id);
      try (var row = select.executeQuery()) {
        return row.next() ? Optional.of(rule(row)) : Optional.empty();
      }
    }
  }

  void remove(Connection connection, long id) throws SQLException {
    try (var delete = connection.prepareStatement("DELETE FROM client_rule WHERE id = ?")) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }

  void forgetEndedBefore(Instant when) {
    try (var connection = database.getConnection();
        var delete = connection.prepareStatement("DELETE FROM client_rule WHERE until < ?")) {
      delete.setLong(1, when.toEpochMilli());
      delete.executeUpdate();
    } catch (SQLException failed) {
      throw new GuardUnavailableException(failed);
    }
  }
}
