package dev.postroom.queue;

import dev.postroom.mail.MailAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Tells senders of their entries, in the transaction that changes these: a report is on its way
 * when its entry is gone, or marked, and not before.
 */
final class Reporting {
  private static final Logger LOG = Logger.getLogger(Reporting.class);

  /** An entry, and what there is to say of it. */
  record Told(Entry entry, ReportedOutcome outcome) {
    /** Another server has it. */
    boolean isGone() {
      return outcome.action() == ReportedOutcome.Action.RELAYED;
    }

    /** Nothing could be said: it is tried again. */
    Ledger.Later later(Instant due) {
      return new Ledger.Later(entry.id(), due, outcome.diagnostic());
    }
  }

  private final Transactions transactions;
  private final String claimant;
  private final Reports reports;
  private final ForwardedEntries forwarded;

  Reporting(
      Transactions transactions, String claimant, Reports reports, ForwardedEntries forwarded) {
    this.transactions = transactions;
    this.claimant = claimant;
    this.reports = reports;
    this.forwarded = forwarded;
  }

  /**
   * Takes entries out of the queue: they failed for good, or were taken by a server that reports
   * nothing.
   *
   * @param ended of one message
   */
  void end(List<Told> ended) {
    transactions.run(
        connection -> {
          var ours = lock(connection, "claimed_by = ?", claimant, ids(ended));
          forwarded.tell(connection, ended, ours);
          Ledger.delete(connection, List.copyOf(ours));
          return send(ended, ours);
        });
  }

  /**
   * Says that entries are delayed, once.
   *
   * @param delayed of one message, not claimed any more
   */
  void warn(List<Told> delayed, Instant now) {
    transactions.run(
        connection -> {
          var untold = lock(connection, "warn_at <= ?", now.toEpochMilli(), ids(delayed));
          forgetWarning(connection, untold);
          return send(delayed, untold);
        });
  }

  private static List<Long> ids(List<Told> all) {
    return all.stream().map(told -> told.entry().id()).toList();
  }

  private int send(List<Told> all, Set<Long> those) {
    var told = all.stream().filter(t -> those.contains(t.entry().id())).toList();
    if (!told.isEmpty()) {
      var entry = told.getFirst().entry();
      if (entry.reversePath().isNull()) {
        // RFC 5321 §6.1: never a report about a report
        LOG.infof("not reported: a message with the null reverse-path to <%s>", recipient(told));
      }
      reports.send(
          new ReportedMessage(entry.trace(), entry.reversePath(), entry.content(), entry.options()),
          told.stream().map(Told::outcome).toList());
    }
    return told.size();
  }

  private static MailAddress recipient(List<Told> told) {
    return told.getFirst().outcome().recipient();
  }

  /** Those that no other process has taken over or told of meanwhile. */
  private static Set<Long> lock(
      Connection connection, String condition, Object value, List<Long> ids) throws SQLException {
    var found = new HashSet<Long>();
    try (var select =
        connection.prepareStatement(
            "SELECT id FROM queue_entry WHERE %s AND id IN (%s) FOR UPDATE"
                .formatted(condition, QueueTable.marks(ids.size())))) {
      select.setObject(1, value);
      Claims.bind(select, 2, ids);
      var rows = select.executeQuery();
      while (rows.next()) {
        found.add(rows.getLong(1));
      }
    }
    return found;
  }

  private static void forgetWarning(Connection connection, Set<Long> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (var update =
        connection.prepareStatement(
            "UPDATE queue_entry SET warn_at = NULL WHERE id IN (%s)"
                .formatted(QueueTable.marks(ids.size())))) {
      Claims.bind(update, 1, ids);
      update.executeUpdate();
    }
  }
}
