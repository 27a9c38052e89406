package dev.postroom.queue;

import dev.postroom.audit.Audit;
import dev.postroom.audit.Deed;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Role;
import dev.postroom.directory.Viewer;
import dev.postroom.trace.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Standing orders: mail of a customer, or to a domain, is held or goes to another host, what waits
 * and what comes later, until the order is lifted. What one placed, nobody below lifts.
 */
@ApplicationScoped
public class QueueOrders {
  /** For mail of one account, of those that anybody below an administrator places. */
  static final int MAX_ORDERS_OF_ACCOUNT = 50;

  private static final int MAX_REASON = 500;

  private final Transactions transactions;
  private final StandingOrders standing;
  private final QueueActions actions;
  private final Accounts accounts;
  private final Audit audit;
  private final Trace trace;
  private final Clock clock;

  QueueOrders(
      Transactions transactions,
      StandingOrders standing,
      QueueActions actions,
      Accounts accounts,
      Audit audit,
      Trace trace,
      Clock clock) {
    this.transactions = transactions;
    this.standing = standing;
    this.actions = actions;
    this.accounts = accounts;
    this.audit = audit;
    this.trace = trace;
    this.clock = clock;
  }

  /** Those that concern the viewer's mail alone; administrators see all. */
  public List<StandingOrder> list(Viewer viewer) {
    return transactions.run(connection -> OrderTable.visible(connection, viewer));
  }

  /** The login of the customer whose mail it is about; empty for everybody's. */
  public String customer(StandingOrder order) {
    try {
      return order.accountId() == null
          ? ""
          : accounts.find(Viewer.SERVER, order.accountId()).login();
    } catch (DirectoryProblem _) {
      return "account " + order.accountId();
    }
  }

  /** An order, and how many waiting entries it was applied to. */
  public record Placed(StandingOrder order, ActionResult result) {}

  /**
   * Places it, or changes the one that there is for the same mail.
   *
   * @param accountId whose mail; null for everybody's, or a customer's own
   * @param destination the domain in ASCII, or empty for any
   */
  public Placed hold(Viewer viewer, @Nullable Long accountId, String destination, String reason) {
    return place(
        viewer, StandingOrder.Kind.HOLD, account(viewer, accountId), destination, "", reason);
  }

  /** For administrators: mail to this domain goes to {@code host:port}. */
  public Placed reroute(
      Viewer viewer, @Nullable Long accountId, String destination, String route, String reason) {
    if (Rank.of(viewer) < Rank.of(Viewer.SERVER)) {
      throw forbidden("You are not allowed to do this.");
    }
    return place(
        viewer,
        StandingOrder.Kind.REROUTE,
        account(viewer, accountId),
        destination,
        Reroute.checked(route),
        reason);
  }

  private @Nullable Long account(Viewer viewer, @Nullable Long wanted) {
    if (wanted != null) {
      return accounts.find(viewer, wanted).id();
    }
    return switch (viewer) {
      case Viewer.Server() -> null;
      case Viewer.Person(var own, var role, _) ->
          switch (role) {
            case ADMINISTRATOR -> null;
            case CUSTOMER -> own;
            case RESELLER -> throw invalid("customer", "Name the customer whose mail is meant.");
          };
      case Viewer.MailboxUser _ -> throw forbidden("You are not allowed to do this.");
    };
  }

  private Placed place(
      Viewer viewer,
      StandingOrder.Kind kind,
      @Nullable Long account,
      String destination,
      String route,
      String reason) {
    if (account == null && destination.isEmpty()) {
      throw invalid("destination", "Name a customer or a destination.");
    }
    if (reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl)) {
      throw invalid("reason", "A reason is one line of at most " + MAX_REASON + " characters.");
    }
    var wanted =
        new StandingOrder(
            0,
            kind,
            account,
            destination.toLowerCase(Locale.ROOT),
            route,
            reason.strip(),
            clock.instant(),
            name(viewer),
            Rank.of(viewer));
    long id = transactions.run(connection -> put(connection, viewer, wanted));
    standing.wake();
    var result = apply(viewer, wanted, id);
    return new Placed(find(viewer, id), result);
  }

  private long put(Connection connection, Viewer viewer, StandingOrder wanted) throws SQLException {
    var others = OrderTable.visible(connection, Viewer.SERVER);
    var same = others.stream().filter(other -> isForTheSame(other, wanted)).findFirst();
    if (same.isEmpty()) {
      requireRoom(viewer, wanted, others);
    } else if (same.get().isAbove(viewer)) {
      denyLower();
    }
    long id = OrderTable.put(connection, wanted);
    audit.record(connection, viewer, deed(wanted, "placed"));
    return id;
  }

  /** Orders of those above take no room. */
  private static void requireRoom(Viewer viewer, StandingOrder wanted, List<StandingOrder> others) {
    long taken =
        others.stream()
            .filter(other -> Objects.equals(other.accountId(), wanted.accountId()))
            .filter(other -> !other.isAbove(viewer))
            .count();
    if (Rank.of(viewer) < Rank.of(Viewer.SERVER) && taken >= MAX_ORDERS_OF_ACCOUNT) {
      throw new DirectoryProblem(
          DirectoryProblem.Kind.LIMIT,
          "",
          "There are " + MAX_ORDERS_OF_ACCOUNT + " of them already: lift one first.");
    }
  }

  private static boolean isForTheSame(StandingOrder one, StandingOrder other) {
    return one.kind() == other.kind()
        && Objects.equals(one.accountId(), other.accountId())
        && one.destination().equals(other.destination());
  }

  private static void denyLower() {
    throw forbidden("Your provider placed it, who alone can change that.");
  }

  /** To what waits; what is queued meanwhile is found by {@link StandingOrders}. */
  private ActionResult apply(Viewer viewer, StandingOrder order, long id) {
    var selection = Selection.ALL.ofAccount(order.accountId()).to(order.destination());
    return actions.act(
        viewer,
        Condition.of(viewer, selection, clock.instant())
            .and("e.exempt_rank < ?", List.of(order.rank())),
        action(order),
        id,
        new ActionNotes(audit, trace, viewer, selection));
  }

  private static QueueAction action(StandingOrder order) {
    return switch (order.kind()) {
      case HOLD -> new QueueAction.Hold(order.reason());
      case REROUTE -> new QueueAction.Reroute(order.route());
    };
  }

  private StandingOrder find(Viewer viewer, long id) {
    return transactions
        .run(connection -> OrderTable.find(connection, viewer, id))
        .orElseThrow(QueueOrders::unknown);
  }

  /** What it held is sent, what it rerouted goes where the DNS says. */
  public ActionResult lift(Viewer viewer, long id) {
    var order = find(viewer, id);
    if (order.isAbove(viewer)) {
      denyLower();
    }
    transactions.run(
        connection -> {
          OrderTable.delete(connection, id);
          audit.record(connection, viewer, deed(order, "lifted"));
          return id;
        });
    standing.wake();
    return actions.act(
        viewer,
        // an order that its maker's superior changed holds for both
        Condition.of(Viewer.SERVER, Selection.ALL.ofAccount(order.accountId()), clock.instant())
            .and(isOf(column(order)), List.of(id)),
        order.kind() == StandingOrder.Kind.HOLD
            ? new QueueAction.Release()
            : new QueueAction.Reroute(""),
        id,
        new ActionNotes(
            audit,
            trace,
            viewer,
            Selection.ALL.ofAccount(order.accountId()).to(order.destination())));
  }

  /** Or of an order that is lifted already: it was claimed in that moment. */
  private static String isOf(String column) {
    return "(%1$s = ? OR %1$s NOT IN (SELECT o.id FROM queue_order o))".formatted(column);
  }

  private static String column(StandingOrder order) {
    return switch (order.kind()) {
      case HOLD -> "e.hold_order";
      case REROUTE -> "e.route_order";
    };
  }

  private static Deed deed(StandingOrder order, String done) {
    var destination = order.destination().isEmpty() ? "all mail" : "mail to " + order.destination();
    return new Deed(
        order.kind().name().toLowerCase(Locale.ROOT) + "." + done,
        destination,
        order.route().isEmpty() ? order.reason() : (order.route() + " " + order.reason()).strip(),
        order.accountId());
  }

  private static String name(Viewer viewer) {
    return viewer instanceof Viewer.Person(_, Role _, var login) ? login : "";
  }

  private static DirectoryProblem unknown() {
    return new DirectoryProblem(DirectoryProblem.Kind.NOT_FOUND, "", "There is no such order.");
  }

  private static DirectoryProblem forbidden(String message) {
    return new DirectoryProblem(DirectoryProblem.Kind.FORBIDDEN, "", message);
  }

  private static DirectoryProblem invalid(String field, String message) {
    return new DirectoryProblem(DirectoryProblem.Kind.INVALID, field, message);
  }
}
