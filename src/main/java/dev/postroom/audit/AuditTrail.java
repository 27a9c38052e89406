package dev.postroom.audit;

import dev.postroom.directory.Listing;
import dev.postroom.directory.PageRequest;
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
  private static final String COLUMNS =
      "id, at, actor, actor_rank, way, credential, address, action, subject, detail, messages";
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
          count(connection, condition),
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
            "SELECT %s FROM audit_entry WHERE %s ORDER BY id DESC LIMIT ? OFFSET ?"
                .formatted(COLUMNS, condition.sql()))) {
      int at = condition.bind(select);
      select.setInt(at, request.pageSize());
      select.setLong(at + 1, (long) (request.page() - 1) * request.pageSize());
      var rows = select.executeQuery();
      while (rows.next()) {
        entries.add(entry(rows, viewer));
      }
    }
    return entries;
  }

  private static long count(Connection connection, Condition condition) throws SQLException {
    try (var select =
        connection.prepareStatement("SELECT COUNT(*) FROM audit_entry WHERE " + condition.sql())) {
      condition.bind(select);
      var row = select.executeQuery();
      row.next();
      return row.getLong(1);
    }
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

  /** A customer reads that its provider acted; the provider's names and addresses stay its own. */
  private static AuditEntry entry(ResultSet row, Viewer viewer) throws SQLException {
    int rank = row.getInt("actor_rank");
    boolean above = rank > Audit.rank(viewer);
    return new AuditEntry(
        row.getLong("id"),
        Instant.ofEpochMilli(row.getLong("at")),
        above ? "" : row.getString("actor"),
        AuditEntry.Who.values()[rank],
        Way.valueOf(row.getString("way")),
        above ? "" : row.getString("credential"),
        above ? "" : row.getString("address"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("detail"),
        row.getObject("messages", Long.class));
  }
}
