package dev.postroom.routing;

import dev.postroom.directory.PlanLimits;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;

/**
 * How many messages an account has sent in each hour, for the limits of its plan. Accounts without
 * such limits are not counted: the count is a row that all their senders would wait for.
 */
@ApplicationScoped
public class SendingCounts {
  private static final long MILLIS_OF_HOUR = 3_600_000;
  private static final int HOURS_OF_DAY = 24;

  /** Messages of the running hour, and of this and the 23 hours before it. */
  record Sent(long thisHour, long thisDay) {}

  private final AgroalDataSource database;
  private final Clock clock;

  public SendingCounts(AgroalDataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Counts a message for each of them, inside the caller's transaction, as late in it as can be.
   * The rows are locked in the order of accounts.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  void add(List<Sender> senders) {
    var messages = new TreeMap<Long, Integer>();
    for (var sender : senders) {
      if (isLimited(sender.limits())) {
        messages.merge(sender.accountId(), 1, Integer::sum);
      }
    }
    if (messages.isEmpty()) {
      return;
    }
    try (var connection = database.getConnection()) {
      for (var account : messages.entrySet()) {
        add(connection, account.getKey(), account.getValue());
      }
    } catch (SQLException failed) {
      throw new RoutingFailure("cannot count messages", failed);
    }
  }

  private void add(Connection connection, long accountId, int messages) throws SQLException {
    try (var upsert =
        connection.prepareStatement(
            """
            INSERT INTO sent_messages (account_id, hour, messages) VALUES (?, ?, ?)
            ON DUPLICATE KEY UPDATE messages = messages + VALUES(messages)""")) {
      upsert.setLong(1, accountId);
      upsert.setLong(2, hour());
      upsert.setInt(3, messages);
      if (upsert.executeUpdate() == 1) { // MariaDB says 2 for an update
        forgetOldHours(connection, accountId);
      }
    }
  }

  private void forgetOldHours(Connection connection, long accountId) throws SQLException {
    try (var delete =
        connection.prepareStatement(
            "DELETE FROM sent_messages WHERE account_id = ? AND hour <= ?")) {
      delete.setLong(1, accountId);
      delete.setLong(2, hour() - HOURS_OF_DAY);
      delete.executeUpdate();
    }
  }

  @Transactional
  Sent sent(long accountId) {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                """
                SELECT coalesce(sum(if(hour = ?, messages, 0)), 0), coalesce(sum(messages), 0)
                FROM sent_messages WHERE account_id = ? AND hour > ?""")) {
      select.setLong(1, hour());
      select.setLong(2, accountId);
      select.setLong(3, hour() - HOURS_OF_DAY);
      try (var rows = select.executeQuery()) {
        rows.next();
        return new Sent(rows.getLong(1), rows.getLong(2));
      }
    } catch (SQLException failed) {
      throw new RoutingFailure("cannot read the count of messages", failed);
    }
  }

  static boolean isLimited(PlanLimits limits) {
    return limits.messagesPerHour() != PlanLimits.UNLIMITED
        || limits.messagesPerDay() != PlanLimits.UNLIMITED;
  }

  private long hour() {
    return clock.millis() / MILLIS_OF_HOUR;
  }
}
