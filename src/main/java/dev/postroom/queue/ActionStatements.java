package dev.postroom.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an action decided about entries that it has locked. Entries that are being sent keep
 * their claim: whoever sends them will still write down how that ended.
 */
final class ActionStatements {
  private final Connection connection;
  private final long now;

  ActionStatements(Connection connection, long now) {
    this.connection = connection;
    this.now = now;
  }

  void hold(List<LockedEntry> entries, int rank, @Nullable Long order) throws SQLException {
    var set =
        "held_at = COALESCE(held_at, %d), held_by = %d, hold_order = %s, exempt_rank = 0, due_at = %d"
            .formatted(now, rank, order, Claims.HELD.toEpochMilli());
    update(set, entries.stream().filter(LockedEntry::sending).toList());
    update(set + ", claimed_by = NULL", entries.stream().filter(e -> !e.sending()).toList());
  }

  /**
   * @param exemptRank standing holds of this rank and below do not apply any more; 0: all do
   */
  void release(List<LockedEntry> entries, int exemptRank) throws SQLException {
    var set = "held_at = NULL, held_by = NULL, hold_order = NULL, exempt_rank = " + exemptRank;
    for (var sending : entries.stream().filter(LockedEntry::sending).toList()) {
      // nobody else takes it before whoever has it is done, or gone
      update(set + ", due_at = " + sending.lease(), List.of(sending));
    }
    update(
        set + ", claimed_by = NULL, due_at = " + now,
        entries.stream().filter(entry -> !entry.sending()).toList());
  }

  void retry(List<LockedEntry> entries) throws SQLException {
    update("claimed_by = NULL, due_at = " + now, entries);
  }

  void reroute(List<LockedEntry> entries, String route, @Nullable Long order) throws SQLException {
    try (var update =
        connection.prepareStatement(
            """
            UPDATE queue_entry SET destination = ?, route_order = ?, due_at = IF(?, ?, due_at)
            WHERE id = ?""")) {
      for (var entry : entries) {
        update.setString(1, route.isEmpty() ? entry.home() : Reroute.destination(route));
        update.setObject(2, route.isEmpty() ? null : order, Types.BIGINT);
        update.setBoolean(3, !entry.isHeld() && !entry.sending());
        update.setLong(4, now);
        update.setLong(5, entry.id());
        update.addBatch();
      }
      if (!entries.isEmpty()) {
        update.executeBatch();
      }
    }
  }

  void delete(List<LockedEntry> entries) throws SQLException {
    Ledger.delete(connection, ids(entries));
  }

  private void update(String set, List<LockedEntry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    try (var update =
        connection.prepareStatement(
            "UPDATE queue_entry SET %s WHERE id IN (%s)"
                .formatted(set, QueueTable.marks(entries.size())))) {
      Claims.bind(update, 1, ids(entries));
      update.executeUpdate();
    }
  }

  private static List<Long> ids(List<LockedEntry> entries) {
    return entries.stream().map(LockedEntry::id).toList();
  }
}
