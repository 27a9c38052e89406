package dev.postroom.queue;

import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Statements that take entries for this process and let them go. Rows that another process is just
 * claiming are passed over, so two never wait for each other.
 */
final class Claims {
  /** When an entry is due that is held: {@code due_at} is never later, so no search finds it. */
  static final Instant HELD = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final Logger LOG = Logger.getLogger(Claims.class);
  private static final String SELECT =
      "SELECT id, trace, reverse_path, recipient, destination, account_id, urgency, content, size,"
          + " eight_bit, extra_header, expires_at, warn_at, attempts, "
          + OptionColumns.NAMES
          + """
             FROM queue_entry FORCE INDEX (turns)
            WHERE destination = ? AND account_id <=> ? AND urgency = ? AND due_at <= ?
            ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED""";

  /** Grouped by the columns of the index, it reads one entry of each group and not all. */
  private static final String TURNS =
      """
      SELECT destination, account_id, urgency, MIN(due_at) FROM queue_entry FORCE INDEX (turns)
      %s GROUP BY destination, account_id, urgency HAVING MIN(due_at) <= ?""";

  private final String claimant;

  /**
   * @param claimant 16 characters that no other process has
   */
  Claims(String claimant) {
    this.claimant = claimant;
  }

  String claimant() {
    return claimant;
  }

  /** Whose mail is due, for all destinations. */
  static List<Turn> turns(Connection connection, Instant now) throws SQLException {
    try (var select = connection.prepareStatement(TURNS.formatted(""))) {
      select.setLong(1, now.toEpochMilli());
      return turns(select);
    }
  }

  /** Whose mail is due, for one destination. */
  static List<Turn> turns(Connection connection, Instant now, String destination)
      throws SQLException {
    try (var select = connection.prepareStatement(TURNS.formatted("WHERE destination = ?"))) {
      select.setString(1, destination);
      select.setLong(2, now.toEpochMilli());
      return turns(select);
    }
  }

  private static List<Turn> turns(PreparedStatement select) throws SQLException {
    var turns = new ArrayList<Turn>();
    var rows = select.executeQuery();
    while (rows.next()) {
      turns.add(
          new Turn(
              rows.getString("destination"), rows.getLong("account_id"), rows.getInt("urgency")));
    }
    return turns;
  }

  /** Takes what is due of these turns, as much as they say. */
  List<Entry> take(
      Connection connection, Instant now, Instant lease, List<Serving.Helping> helpings)
      throws SQLException {
    var ids = new ArrayList<Long>();
    var entries = new ArrayList<Entry>();
    try (var select = connection.prepareStatement(SELECT)) {
      for (var helping : helpings) {
        var turn = helping.turn();
        select.setString(1, turn.destination());
        select.setObject(2, turn.account() == Turn.NOBODY ? null : turn.account(), Types.BIGINT);
        select.setInt(3, turn.urgency());
        select.setLong(4, now.toEpochMilli());
        select.setInt(5, helping.entries());
        var rows = select.executeQuery();
        while (rows.next()) {
          ids.add(rows.getLong("id"));
          readable(rows).ifPresent(entries::add);
        }
      }
    }
    lease(connection, ids, lease);
    return entries;
  }

  /** For whoever has locked them. */
  static List<Entry> read(Connection connection, List<Long> ids) throws SQLException {
    var entries = new ArrayList<Entry>();
    try (var select =
        connection.prepareStatement(
            "SELECT * FROM queue_entry WHERE id IN (%s)".formatted(QueueTable.marks(ids.size())))) {
      bind(select, 1, ids);
      var rows = select.executeQuery();
      while (rows.next()) {
        readable(rows).ifPresent(entries::add);
      }
    }
    return entries;
  }

  /** A row that cannot be read stays where it is, and in nobody's way. */
  private static Optional<Entry> readable(ResultSet row) throws SQLException {
    try {
      return Optional.of(entry(row));
    } catch (IllegalArgumentException damaged) {
      LOG.errorf(damaged, "entry %d of the queue cannot be read", row.getLong("id"));
      return Optional.empty();
    }
  }

  private void lease(Connection connection, List<Long> ids, Instant until) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (var update =
        connection.prepareStatement(
            "UPDATE queue_entry SET claimed_by = ?, due_at = ? WHERE id IN (%s)"
                .formatted(QueueTable.marks(ids.size())))) {
      update.setString(1, claimant);
      update.setLong(2, until.toEpochMilli());
      bind(update, 3, ids);
      update.executeUpdate();
    }
  }

  /** Makes the leases longer, of those entries that are still ours. */
  void renew(Connection connection, Collection<Long> ids, Instant until) throws SQLException {
    ours(connection, "due_at = IF(held_at IS NULL, ?, due_at)", until, ids);
  }

  /** Gives entries back that were not tried. */
  void release(Connection connection, Collection<Long> ids, Instant due) throws SQLException {
    ours(connection, "due_at = IF(held_at IS NULL, ?, due_at), claimed_by = NULL", due, ids);
  }

  private void ours(Connection connection, String set, Instant due, Collection<Long> ids)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (var update =
        connection.prepareStatement(
            "UPDATE queue_entry SET %s WHERE claimed_by = ? AND id IN (%s)"
                .formatted(set, QueueTable.marks(ids.size())))) {
      update.setLong(1, due.toEpochMilli());
      update.setString(2, claimant);
      bind(update, 3, ids);
      update.executeUpdate();
    }
  }

  /** When the next entry is due, claimed or not; empty when the queue is. */
  static Optional<Instant> nextDue(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement("SELECT MIN(due_at) FROM queue_entry")) {
      var row = select.executeQuery();
      row.next();
      long due = row.getLong(1);
      return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due));
    }
  }

  static void bind(PreparedStatement statement, int from, Collection<Long> ids)
      throws SQLException {
    int at = from;
    for (var id : ids) {
      statement.setLong(at++, id);
    }
  }

  private static @Nullable Instant warnAt(ResultSet row) throws SQLException {
    long time = row.getLong("warn_at");
    return row.wasNull() ? null : Instant.ofEpochMilli(time);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("id"),
        new TraceId(row.getString("trace")),
        ReversePath.parse(row.getString("reverse_path")),
        MailAddress.parse(row.getString("recipient")),
        row.getString("destination"),
        row.getLong("account_id"), // 0 when it is null
        row.getInt("urgency"),
        QueueTable.blobId(row.getBytes("content")),
        row.getLong("size"),
        row.getBoolean("eight_bit"),
        row.getString("extra_header"),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        warnAt(row),
        row.getInt("attempts"),
        OptionColumns.mail(row),
        OptionColumns.recipient(row));
  }
}
