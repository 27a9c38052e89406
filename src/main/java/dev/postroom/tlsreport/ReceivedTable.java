package dev.postroom.tlsreport;

import dev.postroom.tlsreport.ReceivedReport.Failure;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Reports of other servers, in the database. Each method inside the caller's transaction. */
@ApplicationScoped
class ReceivedTable {
  private final AgroalDataSource database;

  ReceivedTable(AgroalDataSource database) {
    this.database = database;
  }

  /** How many reports about the domain have come since then. */
  long count(String domain, Instant since) throws SQLException {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                """
                SELECT COUNT(*) FROM tls_report r JOIN domain d ON d.id = r.domain_id
                WHERE d.name = ? AND r.received_at > ?""")) {
      select.setString(1, domain);
      select.setLong(2, since.toEpochMilli());
      var row = select.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  /** Does nothing when the same report is there. */
  void add(String domain, ReceivedReport report, Instant now) throws SQLException {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                INSERT IGNORE INTO tls_report (domain_id, reporter, report_id, begins_at, ends_at,
                  successes, failures, received_at)
                SELECT id, ?, ?, ?, ?, ?, ?, ? FROM domain WHERE name = ?""",
                Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, report.reporter());
      insert.setString(2, report.id());
      insert.setLong(3, report.begin().toEpochMilli());
      insert.setLong(4, report.end().toEpochMilli());
      insert.setLong(5, report.successes());
      insert.setLong(6, report.failures());
      insert.setLong(7, now.toEpochMilli());
      insert.setString(8, domain);
      if (insert.executeUpdate() == 1) {
        var keys = insert.getGeneratedKeys();
        keys.next();
        add(connection, keys.getLong(1), report.details());
      }
    }
  }

  private static void add(Connection connection, long report, List<Failure> failures)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            INSERT INTO tls_report_failure
              (report, position, result_type, mx_host, sending_ip, sessions, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?)""")) {
      int position = 0;
      for (var failure : failures) {
        insert.setLong(1, report);
        insert.setInt(2, position++);
        insert.setString(3, failure.type());
        insert.setString(4, failure.host());
        insert.setString(5, failure.sendingIp());
        insert.setLong(6, failure.sessions());
        insert.setString(7, failure.detail());
        insert.addBatch();
      }
      if (position > 0) {
        insert.executeBatch();
      }
    }
  }

  /** The newest first. */
  List<ReceivedReport> newest(long domainId, int limit) throws SQLException {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                """
                SELECT r.id, r.reporter, r.report_id, r.begins_at, r.ends_at, r.successes,
                  r.failures, f.result_type, f.mx_host, f.sending_ip, f.sessions, f.detail
                FROM (SELECT * FROM tls_report WHERE domain_id = ?
                  ORDER BY received_at DESC, id DESC LIMIT ?) r
                LEFT JOIN tls_report_failure f ON f.report = r.id
                ORDER BY r.received_at DESC, r.id DESC, f.position""")) {
      select.setLong(1, domainId);
      select.setInt(2, limit);
      var row = select.executeQuery();
      var reports = new LinkedHashMap<Long, ReceivedReport>();
      var details = new LinkedHashMap<Long, List<Failure>>();
      while (row.next()) {
        reports.putIfAbsent(row.getLong("id"), report(row));
        var failures = details.computeIfAbsent(row.getLong("id"), _ -> new ArrayList<>());
        if (row.getString("result_type") != null) {
          failures.add(failure(row));
        }
      }
      return reports.entrySet().stream()
          .map(entry -> with(entry.getValue(), details.getOrDefault(entry.getKey(), List.of())))
          .toList();
    }
  }

  private static ReceivedReport report(ResultSet row) throws SQLException {
    return new ReceivedReport(
        row.getString("reporter"),
        row.getString("report_id"),
        Instant.ofEpochMilli(row.getLong("begins_at")),
        Instant.ofEpochMilli(row.getLong("ends_at")),
        row.getLong("successes"),
        row.getLong("failures"),
        List.of());
  }

  private static Failure failure(ResultSet row) throws SQLException {
    return new Failure(
        row.getString("result_type"),
        row.getString("mx_host"),
        row.getString("sending_ip"),
        row.getLong("sessions"),
        row.getString("detail"));
  }

  private static ReceivedReport with(ReceivedReport report, List<Failure> details) {
    return new ReceivedReport(
        report.reporter(),
        report.id(),
        report.begin(),
        report.end(),
        report.successes(),
        report.failures(),
        details);
  }

  void forget(Instant receivedBefore) throws SQLException {
    try (var connection = database.getConnection();
        var delete = connection.prepareStatement("DELETE FROM tls_report WHERE received_at < ?")) {
      delete.setLong(1, receivedBefore.toEpochMilli());
      delete.executeUpdate();
    }
  }
}
