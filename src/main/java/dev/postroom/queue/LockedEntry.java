package dev.postroom.queue;

import dev.postroom.mail.MailAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry while an action decides about it: nobody else changes it meanwhile.
 *
 * @param heldBy rank of who holds it; 0 when nobody does
 * @param sending it is on its way this moment
 */
record LockedEntry(
    long id,
    String trace,
    String sender,
    String recipient,
    String destination,
    @Nullable Long accountId,
    int heldBy,
    boolean sending,
    long lease) {
  private static final String SELECT =
      """
      SELECT id, trace, reverse_path, recipient, destination, account_id, held_at, held_by, due_at,
        claimed_by
      FROM queue_entry WHERE id IN (%s) FOR UPDATE""";

  /**
   * @param free were claimed by this process and will not be begun
   * @param lease how long a claim is good
   */
  static List<LockedEntry> lock(
      Connection connection, List<Long> ids, Set<Long> free, long now, long lease)
      throws SQLException {
    var entries = new ArrayList<LockedEntry>();
    try (var select = connection.prepareStatement(SELECT.formatted(QueueTable.marks(ids.size())))) {
      Claims.bind(select, 1, ids);
      var rows = select.executeQuery();
      while (rows.next()) {
        entries.add(read(rows, free, now, lease));
      }
    }
    return entries;
  }

  private static LockedEntry read(ResultSet row, Set<Long> free, long now, long lease)
      throws SQLException {
    long id = row.getLong("id");
    long heldAt = row.getLong("held_at");
    boolean held = !row.wasNull();
    // a claim that a hold came upon is over one lease later: its end is not in due_at any more
    long until = held ? heldAt + lease : row.getLong("due_at");
    return new LockedEntry(
        id,
        row.getString("trace"),
        row.getString("reverse_path"),
        row.getString("recipient"),
        row.getString("destination"),
        row.getObject("account_id", Long.class),
        held ? row.getInt("held_by") : 0,
        row.getString("claimed_by") != null && !free.contains(id) && until > now,
        until);
  }

  boolean isHeld() {
    return heldBy > 0;
  }

  /** Where it goes when it is not rerouted. */
  String home() {
    return MailAddress.parse(recipient).domain().ascii();
  }
}
