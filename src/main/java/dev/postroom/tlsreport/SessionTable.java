package dev.postroom.tlsreport;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was counted, in the database. */
@ApplicationScoped
class SessionTable {
  /** The sessions of one domain on one day. */
  record Day(LocalDate day, String domain) {}

  private final AgroalDataSource database;

  SessionTable(AgroalDataSource database) {
    this.database = database;
  }

  void add(Map<SessionCount, Long> counts) throws SQLException {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                INSERT INTO tls_session (day, domain, id, policy_type, policy_text, policy_hosts,
                  result_type, mx_host, receiving_ip, sending_ip, detail, sessions)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE sessions = sessions + VALUES(sessions)""")) {
      for (var entry : counts.entrySet()) {
        var count = entry.getKey();
        insert.setDate(1, Date.valueOf(count.day()));
        insert.setString(2, count.domain());
        insert.setBytes(3, count.id());
        insert.setString(4, count.policyType());
        insert.setString(5, count.policyText());
        insert.setString(6, count.policyHosts());
        insert.setString(7, count.result());
        insert.setString(8, count.host());
        insert.setString(9, count.receivingIp());
        insert.setString(10, count.sendingIp());
        insert.setString(11, count.detail());
        insert.setLong(12, entry.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Days that are over, the oldest first. */
  List<Day> before(LocalDate day, int limit) throws SQLException {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                """
                SELECT DISTINCT day, domain FROM tls_session WHERE day < ?
                ORDER BY day, domain LIMIT ?""")) {
      select.setDate(1, Date.valueOf(day));
      select.setInt(2, limit);
      var rows = select.executeQuery();
      var days = new ArrayList<Day>();
      while (rows.next()) {
        days.add(new Day(rows.getDate(1).toLocalDate(), rows.getString(2)));
      }
      return days;
    }
  }

  /**
   * Takes them out, so that they are reported once, whoever else does so at the same time. Inside
   * the caller's transaction.
   */
  Map<SessionCount, Long> take(Day day) throws SQLException {
    try (var connection = database.getConnection()) {
      var counts = read(connection, day);
      try (var delete =
          connection.prepareStatement("DELETE FROM tls_session WHERE day = ? AND domain = ?")) {
        delete.setDate(1, Date.valueOf(day.day()));
        delete.setString(2, day.domain());
        delete.executeUpdate();
      }
      return counts;
    }
  }

  private static Map<SessionCount, Long> read(Connection connection, Day day) throws SQLException {
    try (var select =
        connection.prepareStatement(
            """
            SELECT policy_type, policy_text, policy_hosts, result_type, mx_host, receiving_ip,
              sending_ip, detail, sessions
            FROM tls_session WHERE day = ? AND domain = ? ORDER BY id FOR UPDATE""")) {
      select.setDate(1, Date.valueOf(day.day()));
      select.setString(2, day.domain());
      var row = select.executeQuery();
      var counts = new LinkedHashMap<SessionCount, Long>();
      while (row.next()) {
        counts.put(
            new SessionCount(
                day.day(),
                day.domain(),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8)),
            row.getLong(9));
      }
      return counts;
    }
  }
}
