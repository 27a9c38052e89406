package dev.postroom.guard;

import dev.postroom.audit.Audit;
import dev.postroom.audit.Deed;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Listing;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Role;
import dev.postroom.directory.Transactions;
import dev.postroom.directory.Viewer;
import dev.postroom.guard.ClientRule.Kind;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who is let in, turned away and banned, for administrators. */
@ApplicationScoped
public class ClientRules {
  static final int MAX_REASON = 500;

  private final Transactions transactions;
  private final AgroalDataSource database;
  private final RuleTable table;
  private final Rules rules;
  private final Audit audit;
  private final Clock clock;

  ClientRules(
      Transactions transactions,
      AgroalDataSource database,
      RuleTable table,
      Rules rules,
      Audit audit,
      Clock clock) {
    this.transactions = transactions;
    this.database = database;
    this.table = table;
    this.rules = rules;
    this.audit = audit;
    this.clock = clock;
  }

  /** What a person would do inside a transaction. */
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T with(Viewer viewer, Work<T> work) {
    requireAdministrator(viewer);
    return transactions.call(
        () -> {
          try (var connection = database.getConnection()) {
            return work.on(connection);
          } catch (SQLException failed) {
            throw new GuardUnavailableException(failed);
          }
        });
  }

  private static void requireAdministrator(Viewer viewer) {
    boolean may =
        switch (viewer) {
          case Viewer.Server() -> true;
          case Viewer.Person(_, var role, _) -> role == Role.ADMINISTRATOR;
          case Viewer.MailboxUser _ -> false;
        };
    if (!may) {
      throw new DirectoryProblem(
          DirectoryProblem.Kind.FORBIDDEN, "", "This is for administrators.");
    }
  }

  /** Those of the configuration; they are changed there. */
  public List<ClientRule> configured(Viewer viewer) {
    requireAdministrator(viewer);
    return rules.configured();
  }

  /** The newest first; the search is in network and reason. Bans that have ended are left out. */
  public Listing<ClientRule> list(Viewer viewer, PageRequest request) {
    return with(viewer, connection -> list(connection, request));
  }

  private Listing<ClientRule> list(Connection connection, PageRequest request) throws SQLException {
    var where =
        " FROM client_rule WHERE (until IS NULL OR until > ?) AND (network LIKE ? OR reason LIKE ?)";
    var pattern = "%" + request.search().strip().replaceAll("([\\\\%_])", "\\\\$1") + "%";
    long total;
    try (var count = connection.prepareStatement("SELECT COUNT(*)" + where)) {
      count.setLong(1, clock.millis());
      count.setString(2, pattern);
      count.setString(3, pattern);
      try (var row = count.executeQuery()) {
        row.next();
        total = row.getLong(1);
      }
    }
    var found = new ArrayList<ClientRule>();
    try (var select =
        connection.prepareStatement(
            "SELECT "
                + RuleTable.COLUMNS
                + where
                + " ORDER BY since DESC, id DESC LIMIT ? OFFSET ?")) {
      select.setLong(1, clock.millis());
      select.setString(2, pattern);
      select.setString(3, pattern);
      select.setInt(4, request.pageSize());
      select.setLong(5, (long) (request.page() - 1) * request.pageSize());
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(RuleTable.rule(rows));
        }
      }
    }
    return new Listing<>(found, total, request.page(), request.pageSize());
  }

  /** Lets a network in, or turns it away, until it is removed. Replaces a ban. */
  public ClientRule add(Viewer viewer, String network, Kind kind, String reason) {
    var rule =
        new ClientRule(
            0, parsed(network), kind, line(reason), clock.instant(), null, 0, login(viewer));
    if (kind == Kind.BAN) {
      throw invalid("kind", "Bans are Postroom's own; deny a network instead.");
    }
    var added =
        with(
            viewer,
            connection -> {
              long id = table.put(connection, rule);
              audit.record(connection, viewer, deed(kind, "added", rule));
              return table.find(connection, id).orElse(rule);
            });
    rules.load();
    return added;
  }

  private static Deed deed(Kind kind, String what, ClientRule rule) {
    var action = "client-" + kind.name().toLowerCase(Locale.ROOT) + "." + what;
    return new Deed(action, rule.network().toString(), rule.reason(), (Long) null);
  }

  private static String login(Viewer viewer) {
    return viewer instanceof Viewer.Person(_, _, var login) ? login : "";
  }

  private static Network parsed(String network) {
    try {
      return Network.parse(network);
    } catch (IllegalArgumentException _) {
      throw invalid(
          "network", "Type an IP address or a network, such as 192.0.2.0/24 or 2001:db8::/32.");
    }
  }

  private static String line(String reason) {
    var line = reason.strip();
    if (line.length() > MAX_REASON || line.chars().anyMatch(Character::isISOControl)) {
      throw invalid("reason", "One line of at most " + MAX_REASON + " characters, please.");
    }
    return line;
  }

  private static DirectoryProblem invalid(String field, String message) {
    return new DirectoryProblem(DirectoryProblem.Kind.INVALID, field, message);
  }

  /** Lifts a ban, or takes an entry back. */
  public ClientRule remove(Viewer viewer, long id) {
    var removed =
        with(
            viewer,
            connection -> {
              var rule = find(connection, id);
              table.remove(connection, id);
              audit.record(connection, viewer, deed(rule.kind(), "removed", rule));
              return rule;
            });
    rules.load();
    return removed;
  }

  private ClientRule find(Connection connection, long id) throws SQLException {
    return table
        .find(connection, id)
        .orElseThrow(
            () ->
                new DirectoryProblem(
                    DirectoryProblem.Kind.NOT_FOUND, "", "There is no such entry."));
  }
}
