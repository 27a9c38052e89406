package dev.postroom.bulk;

import dev.postroom.audit.Audit;
import dev.postroom.audit.Deed;
import dev.postroom.bulk.Suppression.Reason;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DirectoryProblem.Kind;
import dev.postroom.directory.Listing;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/** The addresses that get no bulk mail of an account. Ordinary mail to them is always tried. */
@ApplicationScoped
public class Suppressions {
  /** Of one list that is put in at once. */
  public static final int MOST_AT_ONCE = 100_000;

  private static final int BATCH = 1000;
  private static final int MAX_DETAIL = 500;

  private final BulkStatements statements;
  private final SuppressionTable table;
  private final Accounts accounts;
  private final Audit audit;
  private final Clock clock;

  Suppressions(
      BulkStatements statements,
      SuppressionTable table,
      Accounts accounts,
      Audit audit,
      Clock clock) {
    this.statements = statements;
    this.table = table;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  private void requireVisible(Viewer viewer, long accountId) {
    boolean nobody = viewer instanceof Viewer.MailboxUser;
    if (nobody) {
      throw new DirectoryProblem(Kind.NOT_FOUND, "", "There is no such list.");
    }
    accounts.find(viewer, accountId);
  }

  /** By address; the search is in the address. */
  public Listing<Suppression> list(Viewer viewer, long accountId, PageRequest request) {
    requireVisible(viewer, accountId);
    var now = clock.instant();
    return statements.call(
        connection ->
            new Listing<>(
                table.list(
                    connection,
                    accountId,
                    request.search(),
                    now,
                    request.pageSize(),
                    (long) (request.page() - 1) * request.pageSize()),
                table.count(connection, accountId, request.search(), now),
                request.page(),
                request.pageSize()));
  }

  /** Puts addresses on the list, until somebody takes them off. */
  public void add(Viewer viewer, long accountId, List<MailAddress> addresses, String detail) {
    requireVisible(viewer, accountId);
    if (addresses.size() > MOST_AT_ONCE) {
      throw new DirectoryProblem(
          Kind.INVALID, "addresses", "At most " + MOST_AT_ONCE + " addresses at once, please.");
    }
    var line = detail.strip();
    if (line.length() > MAX_DETAIL || line.chars().anyMatch(Character::isISOControl)) {
      throw new DirectoryProblem(
          Kind.INVALID, "detail", "One line of at most " + MAX_DETAIL + " characters, please.");
    }
    var now = clock.instant();
    var all =
        addresses.stream()
            .map(address -> new Suppression(accountId, address, Reason.BY_HAND, line, now, null))
            .toList();
    statements.call(
        connection -> {
          for (int from = 0; from < all.size(); from += BATCH) {
            table.put(connection, all.subList(from, Math.min(all.size(), from + BATCH)));
          }
          var subject =
              all.size() == 1 ? addresses.getFirst().toString() : all.size() + " addresses";
          audit.record(connection, viewer, new Deed("suppression.added", subject, line, accountId));
          return true;
        });
  }

  public void remove(Viewer viewer, long accountId, MailAddress address) {
    requireVisible(viewer, accountId);
    statements.call(
        connection -> {
          if (!table.remove(connection, accountId, address)) {
            throw new DirectoryProblem(Kind.NOT_FOUND, "", "It is not on the list.");
          }
          audit.record(
              connection,
              viewer,
              new Deed("suppression.removed", address.toString(), "", accountId));
          return true;
        });
  }
}
