package dev.postroom.bulk;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.TraceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The statements on jobs. */
@ApplicationScoped
class JobTable {
  private static final HexFormat HEX = HexFormat.of();
  private static final String SELECT =
      """
      SELECT id, account_id, mailbox_id, client_id, trace, state, note, sender, subject, content,
        per_minute, recipients, created_at, finished_at FROM bulk_job""";

  /** Whose jobs, as a condition with its values. */
  record Whose(String condition, List<Long> values) {}

  long insert(Connection connection, BulkJob job, byte[] fingerprint) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            INSERT INTO bulk_job (account_id, mailbox_id, client_id, fingerprint, trace, state,
              note, sender, subject, content, per_minute, recipients, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            Statement.RETURN_GENERATED_KEYS)) {
      insert.setLong(1, job.accountId());
      insert.setLong(2, job.mailboxId());
      insert.setString(3, job.clientId());
      insert.setBytes(4, fingerprint);
      insert.setString(5, job.trace().value());
      insert.setString(6, job.state().name());
      insert.setString(7, job.note());
      insert.setString(8, job.sender().toString());
      insert.setString(9, job.subject());
      insert.setBytes(10, HEX.parseHex(job.content().name()));
      insert.setInt(11, job.perMinute());
      insert.setInt(12, job.recipients());
      insert.setLong(13, job.createdAt().toEpochMilli());
      insert.executeUpdate();
      var key = insert.getGeneratedKeys();
      key.next();
      return key.getLong(1);
    }
  }

  private static BulkJob job(ResultSet row) throws SQLException {
    var finished = row.getObject(14, Long.class);
    return new BulkJob(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getString(4),
        new TraceId(row.getString(5)),
        JobState.valueOf(row.getString(6)),
        row.getString(7),
        MailAddress.parse(row.getString(8)),
        row.getString(9),
        new BlobId(HEX.formatHex(row.getBytes(10))),
        row.getInt(11),
        row.getInt(12),
        Instant.ofEpochMilli(row.getLong(13)),
        finished == null ? null : Instant.ofEpochMilli(finished));
  }

  private static List<BulkJob> jobs(Connection connection, String rest, Object... values)
      throws SQLException {
    try (var select = connection.prepareStatement(SELECT + " WHERE " + rest)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      var found = new ArrayList<BulkJob>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(job(rows));
        }
      }
      return found;
    }
  }

  Optional<BulkJob> find(Connection connection, long id) throws SQLException {
    return jobs(connection, "id = ?", id).stream().findFirst();
  }

  Optional<BulkJob> find(Connection connection, long accountId, String clientId)
      throws SQLException {
    return jobs(connection, "account_id = ? AND client_id = ?", accountId, clientId).stream()
        .findFirst();
  }

  byte[] fingerprint(Connection connection, long id) throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT fingerprint FROM bulk_job WHERE id = ?")) {
      select.setLong(1, id);
      try (var row = select.executeQuery()) {
        row.next();
        return row.getBytes(1);
      }
    }
  }

  List<BulkJob> list(Connection connection, Whose whose, int limit, long offset)
      throws SQLException {
    var values = new ArrayList<Object>(whose.values());
    values.add(limit);
    values.add(offset);
    return jobs(
        connection, whose.condition() + " ORDER BY id DESC LIMIT ? OFFSET ?", values.toArray());
  }

  long count(Connection connection, Whose whose) throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT COUNT(*) FROM bulk_job WHERE " + whose.condition())) {
      for (int i = 0; i < whose.values().size(); i++) {
        select.setLong(i + 1, whose.values().get(i));
      }
      try (var row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** How many are not over, and the recipients of all of these. */
  record Open(long jobs, long recipients) {}

  /** Nobody else gives this account a job until the transaction is over. */
  void lockAccount(Connection connection, long accountId) throws SQLException {
    try (var lock = connection.prepareStatement("SELECT id FROM account WHERE id = ? FOR UPDATE")) {
      lock.setLong(1, accountId);
      lock.executeQuery();
    }
  }

  Open open(Connection connection, long accountId) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT COUNT(*), COALESCE(SUM(recipients), 0) FROM bulk_job"
                + " WHERE account_id = ? AND finished_at IS NULL")) {
      select.setLong(1, accountId);
      try (var row = select.executeQuery()) {
        row.next();
        return new Open(row.getLong(1), row.getLong(2));
      }
    }
  }

  List<BulkJob> open(Connection connection) throws SQLException {
    return jobs(connection, "state IN ('RUNNING', 'PAUSED', 'CANCELLED') AND finished_at IS NULL");
  }

  void state(Connection connection, long id, JobState state, String note) throws SQLException {
    try (var update =
        connection.prepareStatement("UPDATE bulk_job SET state = ?, note = ? WHERE id = ?")) {
      update.setString(1, state.name());
      update.setString(2, note);
      update.setLong(3, id);
      update.executeUpdate();
    }
  }

  /** Says why it waits; a job that is not running any more is left alone. */
  void note(Connection connection, long id, String note) throws SQLException {
    try (var update =
        connection.prepareStatement(
            "UPDATE bulk_job SET note = ? WHERE id = ? AND state = 'RUNNING'")) {
      update.setString(1, note);
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  void finish(Connection connection, long id, Instant now) throws SQLException {
    try (var update =
        connection.prepareStatement(
            "UPDATE bulk_job SET finished_at = ?, note = '',"
                + " state = IF(state = 'RUNNING', 'DONE', state)"
                + " WHERE id = ? AND state <> 'PAUSED' AND finished_at IS NULL")) {
      update.setLong(1, now.toEpochMilli());
      update.setLong(2, id);
      update.executeUpdate();
    }
  }

  void forgetFinishedBefore(Connection connection, Instant when) throws SQLException {
    try (var delete = connection.prepareStatement("DELETE FROM bulk_job WHERE finished_at < ?")) {
      delete.setLong(1, when.toEpochMilli());
      delete.executeUpdate();
    }
  }

  /** Which of these blobs a job still needs. */
  Set<BlobId> referenced(Connection connection, Set<BlobId> asked) throws SQLException {
    var found = new HashSet<BlobId>();
    if (asked.isEmpty()) {
      return found;
    }
    var marks = String.join(",", Collections.nCopies(asked.size(), "?"));
    try (var select =
        connection.prepareStatement(
            "SELECT content FROM bulk_job WHERE finished_at IS NULL AND content IN (%s)"
                .formatted(marks))) {
      int place = 1;
      for (var blob : asked) {
        select.setBytes(place++, HEX.parseHex(blob.name()));
      }
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(new BlobId(HEX.formatHex(rows.getBytes(1))));
        }
      }
    }
    return found;
  }
}
