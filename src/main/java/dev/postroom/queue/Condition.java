package dev.postroom.queue;

import dev.postroom.directory.Viewer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition on entries with the values for its marks: the only place where tenants are told
 * apart.
 */
record Condition(String sql, List<Object> values) {
  /**
   * The table is called {@code e}. A lease that nobody can renew any more was at most this long.
   */
  static final String SENDING =
      "(e.claimed_by IS NOT NULL AND e.held_at IS NULL AND e.due_at > %d AND e.due_at < "
          + Claims.HELD.toEpochMilli()
          + ")";

  int bind(PreparedStatement statement) throws SQLException {
    int at = 1;
    for (var value : values) {
      statement.setObject(at++, value);
    }
    return at;
  }

  static Condition of(Viewer viewer, Selection selection, Instant now) {
    var all = visible(viewer);
    if (!selection.ids().isEmpty()) {
      all =
          all.and(
              "e.id IN (" + QueueTable.marks(selection.ids().size()) + ")",
              List.copyOf(selection.ids()));
    }
    if (!selection.sender().isEmpty()) {
      var sender = selection.sender().equals("<>") ? "" : selection.sender();
      all = all.and("e.reverse_path COLLATE utf8mb4_general_ci = ?", List.of(sender));
    }
    if (selection.accountId() != null) {
      all = all.and("e.account_id = ?", List.of(selection.accountId()));
    }
    if (!selection.destination().isEmpty()) {
      all = all.and(destination(selection.destination()));
    }
    if (!selection.search().isEmpty()) {
      var pattern = "%" + literally(selection.search()) + "%";
      all =
          all.and(
              "(e.reverse_path COLLATE utf8mb4_general_ci LIKE ?"
                  + " OR e.recipient COLLATE utf8mb4_general_ci LIKE ?)",
              List.of(pattern, pattern));
    }
    return switch (selection.state()) {
      case HELD -> all.and("e.held_at IS NOT NULL", List.of());
      case SENDING -> all.and(SENDING.formatted(now.toEpochMilli()), List.of());
      case WAITING ->
          all.and("e.held_at IS NULL AND NOT " + SENDING.formatted(now.toEpochMilli()), List.of());
      case null -> all;
    };
  }

  /** What was rerouted has another destination than its recipient's domain. */
  private static Condition destination(String domain) {
    return new Condition(
        "(e.destination = ? OR (e.destination LIKE '=%'"
            + " AND e.recipient COLLATE utf8mb4_general_ci LIKE ?))",
        List.of(domain, "%@" + literally(domain)));
  }

  private static String literally(String text) {
    return text.replaceAll("([\\\\%_])", "\\\\$1");
  }

  private Condition and(Condition other) {
    return and(other.sql, other.values);
  }

  Condition and(String more, List<Object> moreValues) {
    var together = new ArrayList<>(values);
    together.addAll(moreValues);
    return new Condition(sql + " AND " + more, together);
  }

  static Condition visible(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server _ -> new Condition("TRUE", List.of());
      case Viewer.Person(var accountId, var role, _) ->
          switch (role) {
            case ADMINISTRATOR -> new Condition("TRUE", List.of());
            case RESELLER ->
                new Condition(
                    "e.account_id IN"
                        + " (SELECT a.id FROM account a WHERE a.id = ? OR a.parent_id = ?)",
                    List.of(accountId, accountId));
            case CUSTOMER -> new Condition("e.account_id = ?", List.of(accountId));
          };
      case Viewer.MailboxUser(_, var address) ->
          new Condition("e.reverse_path = ?", List.of(address.toString()));
    };
  }
}
