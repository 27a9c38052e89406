package dev.postroom.egress;

import dev.postroom.directory.Role;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements on rules. */
@ApplicationScoped
class EgressTable {
  private static final String COLUMNS =
      "r.relay_host, r.relay_port, r.relay_tls, r.relay_login, r.relay_password, r.relay_by,"
          + " r.source4, r.source6";

  private final AgroalDataSource database;

  EgressTable(AgroalDataSource database) {
    this.database = database;
  }

  /**
   * A row.
   *
   * @param relayBy who named the relay host; null without one
   * @param password sealed, null without a login
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  record Stored(
      @Nullable RelayRule relay,
      @Nullable Role relayBy,
      byte @Nullable [] password,
      String source4,
      String source6) {
    static final Stored NOTHING = new Stored(null, null, null, "", "");

    /** What this one leaves open, the other one says. */
    Stored over(Stored other) {
      boolean own = relay != null;
      return new Stored(
          own ? relay : other.relay,
          own ? relayBy : other.relayBy,
          own ? password : other.password,
          source4.isEmpty() ? other.source4 : source4,
          source6.isEmpty() ? other.source6 : source6);
    }

    boolean isNothing() {
      return relay == null && source4.isEmpty() && source6.isEmpty();
    }
  }

  /**
   * A row, and whose mail it is for.
   *
   * @param accountId of the sender
   * @param domain empty when it is for all domains of the account
   */
  record Applied(long accountId, String domain, Stored rule) {}

  private static String column(Subject subject) {
    return switch (subject) {
      case Subject.Account _ -> "account_id";
      case Subject.Domain _ -> "domain_id";
    };
  }

  private static long id(Subject subject) {
    return switch (subject) {
      case Subject.Account(var id) -> id;
      case Subject.Domain(var id) -> id;
    };
  }

  Stored find(Subject subject) {
    var sql = "SELECT %s FROM egress r WHERE r.%s = ?";
    try (var connection = database.getConnection();
        var select = connection.prepareStatement(sql.formatted(COLUMNS, column(subject)))) {
      select.setLong(1, id(subject));
      try (var row = select.executeQuery()) {
        return row.next() ? stored(row) : Stored.NOTHING;
      }
    } catch (SQLException failed) {
      throw new EgressUnavailableException(failed);
    }
  }

  /** Whose mail has a way of its own: of resellers' customers first, of domains last. */
  List<Applied> all() {
    var sql =
        """
        SELECT a.id, '' name, 0 breadth, %1$s
          FROM egress r JOIN account a ON a.parent_id = r.account_id
        UNION ALL
        SELECT r.account_id, '', 1, %1$s FROM egress r WHERE r.account_id IS NOT NULL
        UNION ALL
        SELECT d.account_id, d.name, 2, %1$s FROM egress r JOIN domain d ON d.id = r.domain_id
        ORDER BY breadth""";
    try (var connection = database.getConnection();
        var select = connection.prepareStatement(sql.formatted(COLUMNS));
        var row = select.executeQuery()) {
      var all = new ArrayList<Applied>();
      while (row.next()) {
        all.add(new Applied(row.getLong("id"), row.getString("name"), stored(row)));
      }
      return all;
    } catch (SQLException failed) {
      throw new EgressUnavailableException(failed);
    }
  }

  private static Stored stored(ResultSet row) throws SQLException {
    var host = row.getString("relay_host");
    var by = row.getString("relay_by");
    return new Stored(
        host == null
            ? null
            : new RelayRule(
                host,
                row.getInt("relay_port"),
                RelayTls.valueOf(row.getString("relay_tls")),
                row.getString("relay_login")),
        by == null ? null : Role.valueOf(by),
        row.getBytes("relay_password"),
        row.getString("source4"),
        row.getString("source6"));
  }

  void put(Subject subject, Stored rule) {
    var sql =
        """
        REPLACE INTO egress (%s, relay_host, relay_port, relay_tls, relay_login, relay_password,
          relay_by, source4, source6) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    var relay = rule.relay();
    var by = rule.relayBy();
    try (var connection = database.getConnection();
        var insert = connection.prepareStatement(sql.formatted(column(subject)))) {
      insert.setLong(1, id(subject));
      insert.setString(2, relay == null ? null : relay.host());
      insert.setObject(3, relay == null ? null : relay.port(), Types.INTEGER);
      insert.setString(4, relay == null ? null : relay.tls().name());
      insert.setString(5, relay == null ? "" : relay.login());
      insert.setBytes(6, rule.password());
      insert.setString(7, by == null ? null : by.name());
      insert.setString(8, rule.source4());
      insert.setString(9, rule.source6());
      insert.executeUpdate();
    } catch (SQLException failed) {
      throw new EgressUnavailableException(failed);
    }
  }

  void remove(Subject subject) {
    try (var connection = database.getConnection();
        var delete =
            connection.prepareStatement(
                "DELETE FROM egress WHERE %s = ?".formatted(column(subject)))) {
      delete.setLong(1, id(subject));
      delete.executeUpdate();
    } catch (SQLException failed) {
      throw new EgressUnavailableException(failed);
    }
  }
}
