package dev.postroom.queue;

import dev.postroom.mail.EnhancedStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Takes entries that failed for good out of the queue and reports them, in one transaction: the
 * report is on its way when the entry is gone, and not before.
 */
final class Returning {
  private static final Logger LOG = Logger.getLogger(Returning.class);

  /** An entry that will never be delivered. */
  record Failed(Entry entry, String host, EnhancedStatus status, String diagnostic) {}

  private final Transactions transactions;
  private final String claimant;
  private final Bounces bounces;

  Returning(Transactions transactions, String claimant, Bounces bounces) {
    this.transactions = transactions;
    this.claimant = claimant;
    this.bounces = bounces;
  }

  /**
   * @param failed of one message
   */
  void giveBack(List<Failed> failed) {
    transactions.run(
        connection -> {
          var ours = lock(connection, failed.stream().map(f -> f.entry().id()).toList());
          var reported = failed.stream().filter(f -> ours.contains(f.entry().id())).toList();
          if (!reported.isEmpty()) {
            Ledger.delete(connection, List.copyOf(ours));
            report(reported);
          }
          return reported.size();
        });
  }

  private void report(List<Failed> failed) {
    var entry = failed.getFirst().entry();
    if (entry.reversePath().isNull()) {
      // RFC 5321 §6.1: never a report about a report
      LOG.infof("dropped: a message with the null reverse-path to <%s>", entry.recipient());
      return;
    }
    bounces.send(
        entry.trace(),
        entry.reversePath(),
        entry.content(),
        failed.stream()
            .map(
                f ->
                    new Bounces.Failure(
                        f.entry().recipient(), f.status(), f.diagnostic(), f.host()))
            .toList());
  }

  /** Those that no other process has taken over meanwhile. */
  private Set<Long> lock(Connection connection, List<Long> ids) throws SQLException {
    var ours = new HashSet<Long>();
    try (var select =
        connection.prepareStatement(
            "SELECT id FROM queue_entry WHERE claimed_by = ? AND id IN (%s) FOR UPDATE"
                .formatted(QueueTable.marks(ids.size())))) {
      select.setString(1, claimant);
      Claims.bind(select, 2, ids);
      var rows = select.executeQuery();
      while (rows.next()) {
        ours.add(rows.getLong(1));
      }
    }
    return ours;
  }
}
