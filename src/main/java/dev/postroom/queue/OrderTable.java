package dev.postroom.queue;

import dev.postroom.directory.Viewer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements of standing orders. */
final class OrderTable {
  private static final String SELECT =
      """
      SELECT o.id, o.kind, o.account_id, o.destination, o.route, o.reason, o.placed_at, o.placed_by,
        o.placed_rank
      FROM queue_order o WHERE %s ORDER BY o.id""";

  /** Both columns say for whom; one of them is never null. */
  static final String MATCHES =
      "(o.account_id IS NULL OR o.account_id = e.account_id)"
          + " AND (o.destination IS NULL OR o.destination = e.destination)";

  private OrderTable() {}

  static boolean isEmpty(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement("SELECT 1 FROM queue_order LIMIT 1")) {
      return !select.executeQuery().next();
    }
  }

  static List<StandingOrder> visible(Connection connection, Viewer viewer) throws SQLException {
    var own = Condition.visible(viewer);
    return select(connection, new Condition(own.sql().replace("e.", "o."), own.values())).stream()
        .map(order -> order.seenBy(viewer))
        .toList();
  }

  static Optional<StandingOrder> find(Connection connection, Viewer viewer, long id)
      throws SQLException {
    return visible(connection, viewer).stream().filter(order -> order.id() == id).findFirst();
  }

  private static List<StandingOrder> select(Connection connection, Condition condition)
      throws SQLException {
    var orders = new ArrayList<StandingOrder>();
    try (var select = connection.prepareStatement(SELECT.formatted(condition.sql()))) {
      condition.bind(select);
      var rows = select.executeQuery();
      while (rows.next()) {
        orders.add(order(rows));
      }
    }
    return orders;
  }

  private static StandingOrder order(ResultSet row) throws SQLException {
    var destination = row.getString("destination");
    return new StandingOrder(
        row.getLong("id"),
        StandingOrder.Kind.valueOf(row.getString("kind")),
        row.getObject("account_id", Long.class),
        destination == null ? "" : destination,
        row.getString("route"),
        row.getString("reason"),
        Instant.ofEpochMilli(row.getLong("placed_at")),
        row.getString("placed_by"),
        row.getInt("placed_rank"));
  }

  /** Places it, or gives the one that there is already for the same mail its words and its host. */
  static long put(Connection connection, StandingOrder order) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            INSERT INTO queue_order (kind, account_id, destination, route, reason, placed_at,
              placed_by, placed_rank)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), route = VALUES(route),
              reason = VALUES(reason), placed_by = VALUES(placed_by), placed_at = VALUES(placed_at),
              placed_rank = VALUES(placed_rank)""",
            Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, order.kind().name());
      insert.setObject(2, order.accountId(), Types.BIGINT);
      insert.setString(3, order.destination().isEmpty() ? null : order.destination());
      insert.setString(4, order.route());
      insert.setString(5, order.reason());
      insert.setLong(6, order.placedAt().toEpochMilli());
      insert.setString(7, order.placedBy());
      insert.setInt(8, order.rank());
      insert.executeUpdate();
      var key = insert.getGeneratedKeys();
      key.next();
      return key.getLong(1);
    }
  }

  static void delete(Connection connection, long id) throws SQLException {
    try (var delete = connection.prepareStatement("DELETE FROM queue_order WHERE id = ?")) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }
}
