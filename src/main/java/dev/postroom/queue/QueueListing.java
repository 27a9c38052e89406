package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.directory.Listing;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The queue as pages show it, each viewer its own part. */
final class QueueListing {
  private static final String COLUMNS =
      "e.id, e.trace, e.reverse_path, e.recipient, e.destination, e.size, e.account_id,"
          + " e.queued_at, e.expires_at, e.due_at, e.attempts, e.last_status, e.held_at, e.held_by,"
          + " e.claimed_by, a.login";

  private QueueListing() {}

  static Listing<QueuedMessage> page(
      Connection connection, Viewer viewer, Selection selection, PageRequest request, Instant now)
      throws SQLException {
    long total = count(connection, viewer, selection, now);
    var condition = Condition.of(viewer, selection, now);
    var items =
        list(
            connection,
            viewer,
            condition,
            request.pageSize(),
            (long) (request.page() - 1) * request.pageSize(),
            now);
    return new Listing<>(items, total, request.page(), request.pageSize());
  }

  private static List<QueuedMessage> list(
      Connection connection,
      Viewer viewer,
      Condition condition,
      int limit,
      long offset,
      Instant now)
      throws SQLException {
    var items = new ArrayList<QueuedMessage>();
    try (var select =
        connection.prepareStatement(
            ("SELECT %s FROM queue_entry e LEFT JOIN account a ON a.id = e.account_id"
                    + " WHERE %s ORDER BY e.id LIMIT ? OFFSET ?")
                .formatted(COLUMNS, condition.sql()))) {
      int at = condition.bind(select);
      select.setInt(at, limit);
      select.setLong(at + 1, offset);
      var rows = select.executeQuery();
      while (rows.next()) {
        items.add(message(rows, viewer, now));
      }
    }
    return items;
  }

  static long count(Connection connection, Viewer viewer, Selection selection, Instant now)
      throws SQLException {
    var condition = Condition.of(viewer, selection, now);
    try (var select =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM queue_entry e WHERE " + condition.sql())) {
      condition.bind(select);
      var row = select.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  static Optional<QueuedMessage> find(Connection connection, Viewer viewer, long id, Instant now)
      throws SQLException {
    var condition = Condition.of(viewer, Selection.of(List.of(id)), now);
    return list(connection, viewer, condition, 1, 0, now).stream().findFirst();
  }

  static BlobId content(Connection connection, long id) throws SQLException {
    try (var select = connection.prepareStatement("SELECT content FROM queue_entry WHERE id = ?")) {
      select.setLong(1, id);
      var row = select.executeQuery();
      row.next();
      return QueueTable.blobId(row.getBytes(1));
    }
  }

  /** The same message for its other recipients, as far as they still wait. */
  static List<QueuedMessage> companions(
      Connection connection, Viewer viewer, QueuedMessage message, int limit, Instant now)
      throws SQLException {
    var content =
        Condition.of(viewer, Selection.ALL, now)
            .and(
                "e.id <> ? AND e.trace = ?"
                    + " AND e.content = (SELECT c.content FROM queue_entry c WHERE c.id = ?)",
                List.of(message.id(), message.trace().value(), message.id()));
    return list(connection, viewer, content, limit, 0, now);
  }

  private static QueuedMessage message(ResultSet row, Viewer viewer, Instant now)
      throws SQLException {
    long due = row.getLong("due_at");
    int heldBy = row.getInt("held_by");
    row.getLong("held_at");
    boolean held = !row.wasNull();
    boolean sending = !held && row.getString("claimed_by") != null && due > now.toEpochMilli();
    var login = row.getString("login");
    return new QueuedMessage(
        row.getLong("id"),
        new TraceId(row.getString("trace")),
        ReversePath.parse(row.getString("reverse_path")),
        MailAddress.parse(row.getString("recipient")),
        row.getLong("size"),
        Instant.ofEpochMilli(row.getLong("queued_at")),
        held ? null : Instant.ofEpochMilli(due),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getInt("attempts"),
        row.getString("last_status"),
        row.getObject("account_id", Long.class),
        login == null ? "" : login,
        held ? Selection.State.HELD : sending ? Selection.State.SENDING : Selection.State.WAITING,
        heldBy,
        route(row, viewer));
  }

  /** Whoever may not reroute does not read what hosts the provider has. */
  private static String route(ResultSet row, Viewer viewer) throws SQLException {
    return Rank.of(viewer) < Rank.of(Viewer.SERVER)
        ? ""
        : Reroute.route(row.getString("destination"));
  }
}
