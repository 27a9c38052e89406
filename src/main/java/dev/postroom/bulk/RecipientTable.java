package dev.postroom.bulk;

import dev.postroom.mail.MailAddress;
import dev.postroom.mail.TraceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;

/** The statements on the recipients of jobs. */
@ApplicationScoped
class RecipientTable {
  private static final int ROWS_OF_STATEMENT = 1000;
  private static final int MAX_STATUS = 500;

  /** A recipient whose turn it is. */
  record Next(int position, MailAddress address) {}

  /** What became of one. */
  record End(int position, RecipientState state, String status) {}

  /** What the queue says became of one. */
  record Heard(long jobId, String address, RecipientState state, String status) {}

  /** All of them, a thousand in each statement. */
  void insert(Connection connection, long jobId, List<MailAddress> addresses) throws SQLException {
    for (int from = 0; from < addresses.size(); from += ROWS_OF_STATEMENT) {
      int to = Math.min(addresses.size(), from + ROWS_OF_STATEMENT);
      insert(connection, jobId, addresses.subList(from, to), from);
    }
  }

  private static void insert(Connection connection, long jobId, List<MailAddress> some, int first)
      throws SQLException {
    var rows = "(?, ?, ?, 'WAITING', '')" + ", (?, ?, ?, 'WAITING', '')".repeat(some.size() - 1);
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO bulk_recipient (job_id, position, address, state, status) VALUES "
                + rows)) {
      int place = 1;
      int position = first;
      for (var address : some) {
        insert.setLong(place++, jobId);
        insert.setInt(place++, position++);
        insert.setString(place++, address.toString());
      }
      insert.executeUpdate();
    }
  }

  /** Locks them; those that another process has are passed over. */
  List<Next> next(Connection connection, long jobId, int most) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT position, address FROM bulk_recipient WHERE job_id = ? AND state = 'WAITING'"
                + " ORDER BY position LIMIT ? FOR UPDATE SKIP LOCKED")) {
      select.setLong(1, jobId);
      select.setInt(2, most);
      var found = new ArrayList<Next>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(new Next(rows.getInt(1), MailAddress.parse(rows.getString(2))));
        }
      }
      return found;
    }
  }

  void end(Connection connection, long jobId, Collection<End> ends) throws SQLException {
    if (ends.isEmpty()) {
      return;
    }
    try (var update =
        connection.prepareStatement(
            "UPDATE bulk_recipient SET state = ?, status = ? WHERE job_id = ? AND position = ?")) {
      for (var end : ends) {
        update.setString(1, end.state().name());
        update.setString(2, cut(end.status()));
        update.setLong(3, jobId);
        update.setInt(4, end.position());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /**
   * Whether it still waited. Until its end is written nobody knows about it: after a crash it stays
   * so, rather than being sent to again.
   */
  boolean begin(Connection connection, long jobId, int position) throws SQLException {
    try (var update =
        connection.prepareStatement(
            "UPDATE bulk_recipient SET state = 'UNKNOWN', status = 'its delivery was begun'"
                + " WHERE job_id = ? AND position = ? AND state = 'WAITING'")) {
      update.setLong(1, jobId);
      update.setInt(2, position);
      return update.executeUpdate() == 1;
    }
  }

  void heard(Connection connection, Collection<Heard> all) throws SQLException {
    try (var update =
        connection.prepareStatement(
            "UPDATE bulk_recipient SET state = ?, status = ?"
                + " WHERE job_id = ? AND address = ? AND state IN ('QUEUED', 'UNKNOWN')")) {
      for (var heard : all) {
        update.setString(1, heard.state().name());
        update.setString(2, cut(heard.status()));
        update.setLong(3, heard.jobId());
        update.setString(4, heard.address());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  void cancelWaiting(Connection connection, long jobId) throws SQLException {
    try (var update =
        connection.prepareStatement(
            "UPDATE bulk_recipient SET state = 'CANCELLED' WHERE job_id = ? AND state = 'WAITING'")) {
      update.setLong(1, jobId);
      update.executeUpdate();
    }
  }

  /** What the queue has no entry for any more, and of which nothing was heard. */
  int settleUnheard(Connection connection, BulkJob job) throws SQLException {
    try (var update =
        connection.prepareStatement(
            """
            UPDATE bulk_recipient r SET r.state = 'UNKNOWN', r.status = 'left the queue'
            WHERE r.job_id = ? AND r.state = 'QUEUED' AND NOT EXISTS (
              SELECT 1 FROM queue_entry q
              WHERE q.account_id = ? AND q.trace = ? AND q.recipient = r.address COLLATE utf8mb4_bin)""")) {
      update.setLong(1, job.id());
      update.setLong(2, job.accountId());
      update.setString(3, job.trace().value());
      return update.executeUpdate();
    }
  }

  /** Whether one waits or is on its way. Asked of each job every second: it counts nothing. */
  boolean anyOpen(Connection connection, long jobId) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT 1 FROM bulk_recipient"
                + " WHERE job_id = ? AND state IN ('WAITING', 'QUEUED') LIMIT 1")) {
      select.setLong(1, jobId);
      try (var row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  Progress progress(Connection connection, long jobId, long accountId, TraceId trace)
      throws SQLException {
    var counts = new EnumMap<RecipientState, Long>(RecipientState.class);
    try (var select =
        connection.prepareStatement(
            "SELECT state, COUNT(*) FROM bulk_recipient WHERE job_id = ? GROUP BY state")) {
      select.setLong(1, jobId);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          counts.put(RecipientState.valueOf(rows.getString(1)), rows.getLong(2));
        }
      }
    }
    long queued = counts.getOrDefault(RecipientState.QUEUED, 0L);
    return new Progress(
        counts.getOrDefault(RecipientState.WAITING, 0L),
        queued,
        queued == 0 ? 0 : delayed(connection, accountId, trace),
        counts.getOrDefault(RecipientState.SENT, 0L),
        counts.getOrDefault(RecipientState.FAILED, 0L),
        counts.getOrDefault(RecipientState.SUPPRESSED, 0L),
        counts.getOrDefault(RecipientState.CANCELLED, 0L),
        counts.getOrDefault(RecipientState.UNKNOWN, 0L));
  }

  private static long delayed(Connection connection, long accountId, TraceId trace)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM queue_entry"
                + " WHERE account_id = ? AND trace = ? AND attempts > 0")) {
      select.setLong(1, accountId);
      select.setString(2, trace.value());
      try (var row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  List<BulkRecipient> list(
      Connection connection, long jobId, RecipientState state, int limit, long offset)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT address, state, status FROM bulk_recipient WHERE job_id = ? AND state = ?"
                + " ORDER BY position LIMIT ? OFFSET ?")) {
      fill(select, jobId, state, limit, offset);
      var found = new ArrayList<BulkRecipient>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(
              new BulkRecipient(
                  MailAddress.parse(rows.getString(1)),
                  RecipientState.valueOf(rows.getString(2)),
                  rows.getString(3)));
        }
      }
      return found;
    }
  }

  private static void fill(
      PreparedStatement select, long jobId, RecipientState state, int limit, long offset)
      throws SQLException {
    select.setLong(1, jobId);
    select.setString(2, state.name());
    select.setInt(3, limit);
    select.setLong(4, offset);
  }

  private static String cut(String text) {
    return text.length() <= MAX_STATUS ? text : text.substring(0, MAX_STATUS);
  }
}
