package dev.postroom.queue;

import dev.postroom.directory.Listing;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The queue as pages show it, each viewer its own part. */
final class QueueListing {
  private static final String COLUMNS =
      "id, trace, reverse_path, recipient, size, queued_at, due_at, attempts, last_status";

  /** A condition with the values for its marks. */
  private record Condition(String sql, List<Object> values) {
    int bind(PreparedStatement statement) throws SQLException {
      int at = 1;
      for (var value : values) {
        statement.setObject(at++, value);
      }
      return at;
    }
  }

  private QueueListing() {}

  static Listing<QueuedMessage> page(Connection connection, Viewer viewer, PageRequest request)
      throws SQLException {
    long total = count(connection, viewer, request.search());
    var condition = condition(viewer, request.search());
    var items = new ArrayList<QueuedMessage>();
    try (var select =
        connection.prepareStatement(
            "SELECT %s FROM queue_entry WHERE %s ORDER BY id LIMIT ? OFFSET ?"
                .formatted(COLUMNS, condition.sql()))) {
      int at = condition.bind(select);
      select.setInt(at, request.pageSize());
      select.setLong(at + 1, (long) (request.page() - 1) * request.pageSize());
      var rows = select.executeQuery();
      while (rows.next()) {
        items.add(message(rows));
      }
    }
    return new Listing<>(items, total, request.page(), request.pageSize());
  }

  static long count(Connection connection, Viewer viewer, String search) throws SQLException {
    var condition = condition(viewer, search);
    try (var select =
        connection.prepareStatement("SELECT COUNT(*) FROM queue_entry WHERE " + condition.sql())) {
      condition.bind(select);
      var row = select.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  private static Condition condition(Viewer viewer, String search) {
    var own = visible(viewer);
    if (search.isBlank()) {
      return own;
    }
    var values = new ArrayList<>(own.values());
    var pattern = "%" + search.strip().replaceAll("([\\\\%_])", "\\\\$1") + "%";
    values.add(pattern);
    values.add(pattern);
    return new Condition(
        own.sql()
            + " AND (reverse_path COLLATE utf8mb4_general_ci LIKE ?"
            + " OR recipient COLLATE utf8mb4_general_ci LIKE ?)",
        values);
  }

  private static Condition visible(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server _ -> new Condition("TRUE", List.of());
      case Viewer.Person(var accountId, var role, _) ->
          switch (role) {
            case ADMINISTRATOR -> new Condition("TRUE", List.of());
            case RESELLER ->
                new Condition(
                    "account_id IN (SELECT a.id FROM account a WHERE a.id = ? OR a.parent_id = ?)",
                    List.of(accountId, accountId));
            case CUSTOMER -> new Condition("account_id = ?", List.of(accountId));
          };
      case Viewer.MailboxUser(_, var address) ->
          new Condition("reverse_path = ?", List.of(address.toString()));
    };
  }

  private static QueuedMessage message(ResultSet row) throws SQLException {
    return new QueuedMessage(
        row.getLong("id"),
        new TraceId(row.getString("trace")),
        ReversePath.parse(row.getString("reverse_path")),
        MailAddress.parse(row.getString("recipient")),
        row.getLong("size"),
        Instant.ofEpochMilli(row.getLong("queued_at")),
        Instant.ofEpochMilli(row.getLong("due_at")),
        row.getInt("attempts"),
        row.getString("last_status"));
  }
}
