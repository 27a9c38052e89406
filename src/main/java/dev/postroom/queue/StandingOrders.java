package dev.postroom.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps back what was claimed although a standing order says something else about it. Entries are
 * looked at here and not where they are queued: taking messages in stays as fast as it is, and
 * nothing slips through that is queued while an order is placed. Any thread.
 */
@ApplicationScoped
class StandingOrders {
  /** Other nodes place orders, too. */
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private static final String HELD =
      """
      SELECT e.id, o.id, o.placed_rank FROM queue_entry e
      JOIN queue_order o ON o.kind = 'HOLD' AND %s
      WHERE e.id IN (%s) AND o.placed_rank > e.exempt_rank
      ORDER BY o.placed_rank"""; // whose rank is the highest holds it at last
  private static final String REROUTED =
      """
      SELECT e.id, o.id, o.route FROM queue_entry e
      JOIN queue_order o ON o.kind = 'REROUTE' AND %s
      WHERE e.id IN (%s) AND LEFT(e.destination, 1) <> '='"""; // it was already
  private static final String HOLD =
      """
      UPDATE queue_entry SET held_at = ?, held_by = ?, hold_order = ?, due_at = ?, claimed_by = NULL
      WHERE id = ?""";
  private static final String REROUTE =
      """
      UPDATE queue_entry SET destination = ?, route_order = ?, due_at = ?, claimed_by = NULL
      WHERE id = ?""";

  private final Clock clock;
  private final Doorbell doorbell;
  private volatile boolean idle;
  private volatile Instant checked = Instant.MIN;

  StandingOrders(Clock clock, Doorbell doorbell) {
    this.clock = clock;
    this.doorbell = doorbell;
  }

  /** An order was placed. */
  void wake() {
    idle = false;
    checked = Instant.MIN;
  }

  /** Inside the transaction that claimed them: those that may be sent. */
  List<Entry> pass(Connection connection, List<Entry> claimed) throws SQLException {
    if (claimed.isEmpty() || isIdle(connection)) {
      return claimed;
    }
    var kept = new HashSet<Long>();
    hold(connection, claimed, kept);
    var rest = without(claimed, kept);
    if (!rest.isEmpty()) {
      reroute(connection, rest, kept);
    }
    return without(claimed, kept);
  }

  private boolean isIdle(Connection connection) throws SQLException {
    var now = clock.instant();
    if (!now.isBefore(checked.plus(REMEMBERED))) {
      checked = now; // first: who wakes us meanwhile has us look again
      idle = OrderTable.isEmpty(connection);
    }
    return idle;
  }

  private static List<Entry> without(List<Entry> entries, Set<Long> kept) {
    return kept.isEmpty()
        ? entries
        : entries.stream().filter(entry -> !kept.contains(entry.id())).toList();
  }

  private static String asked(String sql, List<Entry> entries) {
    return sql.formatted(OrderTable.MATCHES, QueueTable.marks(entries.size()));
  }

  private void hold(Connection connection, List<Entry> entries, Set<Long> kept)
      throws SQLException {
    long now = clock.millis();
    try (var select = connection.prepareStatement(asked(HELD, entries));
        var update = connection.prepareStatement(HOLD)) {
      Claims.bind(select, 1, entries.stream().map(Entry::id).toList());
      var rows = select.executeQuery();
      while (rows.next()) {
        update.setLong(1, now);
        update.setInt(2, rows.getInt(3));
        update.setLong(3, rows.getLong(2));
        update.setLong(4, Claims.HELD.toEpochMilli());
        update.setLong(5, rows.getLong(1));
        update.addBatch();
        kept.add(rows.getLong(1));
      }
      if (!kept.isEmpty()) {
        update.executeBatch();
      }
    }
  }

  private void reroute(Connection connection, List<Entry> entries, Set<Long> kept)
      throws SQLException {
    long now = clock.millis();
    var moved = new ArrayList<String>();
    try (var select = connection.prepareStatement(asked(REROUTED, entries));
        var update = connection.prepareStatement(REROUTE)) {
      Claims.bind(select, 1, entries.stream().map(Entry::id).toList());
      var rows = select.executeQuery();
      while (rows.next()) {
        var destination = Reroute.destination(rows.getString(3));
        update.setString(1, destination);
        update.setLong(2, rows.getLong(2));
        update.setLong(3, now);
        update.setLong(4, rows.getLong(1));
        update.addBatch();
        kept.add(rows.getLong(1));
        moved.add(destination);
      }
      if (!moved.isEmpty()) {
        update.executeBatch();
        doorbell.ringEverywhere();
      }
    }
  }
}
