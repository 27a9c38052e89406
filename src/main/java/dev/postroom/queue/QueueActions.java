package dev.postroom.queue;

import dev.postroom.audit.Audit;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Viewer;
import dev.postroom.trace.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds, releases, retries, reroutes and drops entries of the queue, however many: in batches, each
 * a transaction with its part of the entry in the audit log, so that nothing waits for long.
 *
 * <p>Entries that are being sent cannot be called back. What this process has claimed and not begun
 * is; what is on its way gets a hold for the case that the attempt fails, when it is to be held or
 * dropped, and is counted in {@link ActionResult#sending}. So a message that is dropped is either
 * gone, or was delivered, or is held.
 */
@ApplicationScoped
public class QueueActions {
  private static final int BATCH = 500;

  private final Transactions transactions;
  private final Dispatcher dispatcher;
  private final DropReports reports;
  private final Audit audit;
  private final Trace trace;
  private final QueueConfig config;
  private final Clock clock;

  QueueActions(
      Transactions transactions,
      Dispatcher dispatcher,
      DropReports reports,
      Audit audit,
      Trace trace,
      QueueConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.dispatcher = dispatcher;
    this.reports = reports;
    this.audit = audit;
    this.trace = trace;
    this.config = config;
    this.clock = clock;
  }

  /**
   * @throws DirectoryProblem when the viewer may not do this
   */
  public ActionResult act(Viewer viewer, Selection selection, QueueAction action) {
    requireRight(viewer, action);
    var condition = Condition.of(viewer, selection, clock.instant());
    return act(
        viewer, condition, checked(action), null, new ActionNotes(audit, trace, viewer, selection));
  }

  private static void requireRight(Viewer viewer, QueueAction action) {
    int needed = action instanceof QueueAction.Reroute ? Rank.of(Viewer.SERVER) : 1;
    if (Rank.of(viewer) < needed) {
      throw new DirectoryProblem(
          DirectoryProblem.Kind.FORBIDDEN, "", "You are not allowed to do this.");
    }
  }

  private static QueueAction checked(QueueAction action) {
    return action instanceof QueueAction.Reroute(var route) && !route.isEmpty()
        ? new QueueAction.Reroute(Reroute.checked(route))
        : action;
  }

  /**
   * @param order the standing order that asks for it; null when a person does
   */
  ActionResult act(
      Viewer viewer,
      Condition condition,
      QueueAction action,
      @Nullable Long order,
      ActionNotes notes) {
    var ids = transactions.run(connection -> matching(connection, condition));
    var result = ActionResult.NOTHING;
    for (int from = 0; from < ids.size(); from += BATCH) {
      var batch = ids.subList(from, Math.min(ids.size(), from + BATCH));
      var free = callsBack(action) ? dispatcher.withdraw(batch) : Set.<Long>of();
      result =
          result.plus(
              transactions.run(
                  connection -> batch(connection, viewer, batch, free, action, order, notes)));
      notes.committed();
    }
    if (result.touched() > 0 && isUrgent(action)) {
      dispatcher.rouse();
    }
    return result;
  }

  private static boolean isUrgent(QueueAction action) {
    return switch (action) {
      case QueueAction.Release(), QueueAction.Retry(), QueueAction.Reroute _ -> true;
      case QueueAction.Hold _, QueueAction.Drop _ -> false;
    };
  }

  private static boolean callsBack(QueueAction action) {
    return switch (action) {
      case QueueAction.Hold _, QueueAction.Drop _, QueueAction.Reroute _ -> true;
      case QueueAction.Release(), QueueAction.Retry() -> false;
    };
  }

  /** All of them as they are now: what arrives meanwhile was not meant. */
  private static List<Long> matching(Connection connection, Condition condition)
      throws SQLException {
    var ids = new ArrayList<Long>();
    try (var select =
        connection.prepareStatement("SELECT e.id FROM queue_entry e WHERE " + condition.sql())) {
      condition.bind(select);
      var rows = select.executeQuery();
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    ids.sort(null);
    return ids;
  }

  private ActionResult batch(
      Connection connection,
      Viewer viewer,
      List<Long> ids,
      Set<Long> free,
      QueueAction action,
      @Nullable Long order,
      ActionNotes notes)
      throws SQLException {
    long now = clock.millis();
    var entries = LockedEntry.lock(connection, ids, free, now, config.lease().toMillis());
    var write = new ActionStatements(connection, now);
    int rank = Rank.of(viewer);
    var mine = entries.stream().filter(entry -> entry.heldBy() <= rank).toList();
    long kept = entries.size() - mine.size();
    var done =
        switch (action) {
          case QueueAction.Hold _ -> {
            var some = mine.stream().filter(entry -> entry.heldBy() < rank).toList();
            write.hold(some, rank, order);
            yield some;
          }
          case QueueAction.Release() -> {
            var some = mine.stream().filter(LockedEntry::isHeld).toList();
            write.release(some, order == null ? rank : 0);
            yield some;
          }
          case QueueAction.Retry() -> {
            var some = mine.stream().filter(e -> !e.isHeld() && !e.sending()).toList();
            write.retry(some);
            yield some;
          }
          case QueueAction.Reroute(var route) -> {
            write.reroute(mine, route, order);
            yield mine;
          }
          case QueueAction.Drop(var report) -> {
            write.hold(mine.stream().filter(LockedEntry::sending).toList(), rank, null);
            var some = mine.stream().filter(entry -> !entry.sending()).toList();
            if (report) {
              reports.send(connection, some);
            }
            write.delete(some);
            yield some;
          }
        };
    notes.write(connection, action, done);
    long sending = mine.stream().filter(LockedEntry::sending).count();
    return new ActionResult(done.size(), sending, kept);
  }
}
