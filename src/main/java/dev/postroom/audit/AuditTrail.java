package dev.postroom.audit;

import dev.postroom.directory.Listing;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Role;
import dev.postroom.directory.Viewer;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was done, for those who may know: each viewer its own part. */
@ApplicationScoped
public class AuditTrail {
  /**
   * A customer reads that its provider acted; the provider's names, addresses and hosts stay its
   * own. They are blank before anything is searched: a search does not guess them either.
   */
  private static final String SEEN =
      """
      (SELECT id, at, actor_rank, way, action, subject, messages, account_id, reseller_id,
        IF(actor_rank > %1$d, '', actor) AS actor,
        IF(actor_rank > %1$d, '', credential) AS credential,
        IF(actor_rank > %1$d, '', address) AS address,
        IF(actor_rank > %2$d AND action IN ('egress.changed', 'message.rerouted',
          'messages.rerouted', 'reroute.lifted', 'reroute.placed'), '', detail) AS detail
      FROM audit_entry) seen""";

  private static final List<String> SEARCHED = List.of("subject", "actor", "detail", "action");

  private final AgroalDataSource database;

  AuditTrail(AgroalDataSource database) {
    this.database = database;
  }

  private record Condition(String sql, List<Object> values) {
    int bind(PreparedStatement statement) throws SQLException {
      int at = 1;
      for (var value : values) {
        statement.setObject(at++, value);
      }
      return at;
    }
  }

  /** The newest first; the search is in action, subject, actor and detail. */
  @Transactional
  public Listing<AuditEntry> list(Viewer viewer, PageRequest request) {
    var condition = matching(visible(viewer), request.search().strip());
    try (var connection = database.getConnection()) {
      return new Listing<>(
          page(connection, viewer, condition, request),
          count(connection, viewer, condition),
          request.page(),
          request.pageSize());
    } catch (SQLException failed) {
      throw new AuditUnavailableException(failed);
    }
  }

  private static List<AuditEntry> page(
      Connection connection, Viewer viewer, Condition condition, PageRequest request)
      throws SQLException {
    var entries = new ArrayList<AuditEntry>();
    try (var select =
        connection.prepareStatement(
            "SELECT * FROM %s WHERE %s ORDER BY id DESC LIMIT ? OFFSET ?"
                .formatted(seen(viewer), condition.sql()))) {
      int at = condition.bind(select);
      select.setInt(at, request.pageSize());
      select.setLong(at + 1, (long) (request.page() - 1) * request.pageSize());
      var rows = select.executeQuery();
      while (rows.next()) {
        entries.add(entry(rows));
      }
    }
    return entries;
  }

  private static long count(Connection connection, Viewer viewer, Condition condition)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM %s WHERE %s".formatted(seen(viewer), condition.sql()))) {
      condition.bind(select);
      var row = select.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  /** Administrators know the hosts of the server they administer. */
  private static String seen(Viewer viewer) {
    int rank = Audit.rank(viewer);
    boolean administers = rank >= Audit.rank(Role.ADMINISTRATOR);
    return SEEN.formatted(rank, administers ? Audit.rank(Viewer.SERVER) : rank);
  }

  private static Condition visible(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Server() -> new Condition("TRUE", List.of());
      case Viewer.Person(var id, var role, _) ->
          switch (role) {
            case ADMINISTRATOR -> new Condition("TRUE", List.of());
            case RESELLER -> new Condition("(account_id = ? OR reseller_id = ?)", List.of(id, id));
            case CUSTOMER -> new Condition("account_id = ?", List.of(id));
          };
      case Viewer.MailboxUser _ -> new Condition("FALSE", List.of());
    };
  }

  private static Condition matching(Condition own, String search) {
    if (search.isEmpty()) {
      return own;
    }
    var pattern = "%" + search.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    var values = new ArrayList<>(own.values());
    values.addAll(Collections.nCopies(SEARCHED.size(), pattern));
    var any =
        String.join(
            " OR ",
            SEARCHED.stream()
                .map(
                    column ->
                        "CONVERT(" + column + " USING utf8mb4) COLLATE utf8mb4_general_ci LIKE ?")
                .toList());
    return new Condition(own.sql() + " AND (" + any + ")", values);
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("id"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("actor"),
        AuditEntry.Who.values()[row.getInt("actor_rank")],
        Way.valueOf(row.getString("way")),
        row.getString("credential"),
        row.getString("address"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("detail"),
        row.getObject("messages", Long.class));
  }
}
