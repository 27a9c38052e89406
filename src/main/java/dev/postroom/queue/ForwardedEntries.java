package dev.postroom.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells of those entries that a forwarder of an account sent on and that failed because of their
 * address. A refusal of the content is not the address's: strangers choose the content.
 */
final class ForwardedEntries {
  private final RefusedForwards refused;

  ForwardedEntries(RefusedForwards refused) {
    this.refused = refused;
  }

  /** Before they are deleted. */
  void tell(Connection connection, List<Reporting.Told> ended, Set<Long> ours) throws SQLException {
    var failed = ended.stream().filter(told -> isRefused(told, ours)).toList();
    if (failed.isEmpty()) {
      return;
    }
    var owners = owners(connection, failed.stream().map(told -> told.entry().id()).toList());
    for (var told : failed) {
      var owner = owners.get(told.entry().id());
      if (owner != null) {
        refused.refused(owner, told.entry().recipient(), told.outcome().diagnostic());
      }
    }
  }

  /** Only forwarders add to the header. */
  private static boolean isRefused(Reporting.Told told, Set<Long> ours) {
    return ours.contains(told.entry().id())
        && told.outcome().action() == ReportedOutcome.Action.FAILED
        && told.outcome().status().saysNobodyIsThere()
        && !told.entry().extraHeader().isEmpty();
  }

  private static Map<Long, Long> owners(Connection connection, List<Long> ids) throws SQLException {
    var owners = new HashMap<Long, Long>();
    try (var select =
        connection.prepareStatement(
            "SELECT id, account_id FROM queue_entry WHERE account_id IS NOT NULL AND id IN (%s)"
                .formatted(QueueTable.marks(ids.size())))) {
      Claims.bind(select, 1, ids);
      var rows = select.executeQuery();
      while (rows.next()) {
        owners.put(rows.getLong(1), rows.getLong(2));
      }
    }
    return owners;
  }
}
