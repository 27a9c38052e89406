package dev.postroom.queue;

import dev.postroom.directory.Role;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.TraceId;
import dev.postroom.outbound.Attempt;
import dev.postroom.trace.Step;
import dev.postroom.trace.Trace;
import dev.postroom.trace.TraceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells the trace what becomes of entries. */
final class EntryStories {
  private final Trace trace;

  EntryStories(Trace trace) {
    this.trace = trace;
  }

  /**
   * @param attempts one for each entry
   * @param later those that are tried again
   */
  void attempted(List<Entry> entries, List<Attempt> attempts, List<Ledger.Later> later) {
    var due = later.stream().collect(Collectors.toMap(Ledger.Later::id, Ledger.Later::due));
    var events = new ArrayList<TraceEvent>();
    for (int i = 0; i < entries.size(); i++) {
      events.add(event(entries.get(i), step(entries.get(i), attempts.get(i), due)));
    }
    trace.record(events);
  }

  private static Step step(Entry entry, Attempt attempt, Map<Long, Instant> due) {
    return switch (attempt) {
      case Attempt.Delivered(var host, var reply, var security, _) ->
          host.isEmpty() // into a mailbox here
              ? new Step.HandedOver()
              : new Step.Sent(host, reply, security);
      case Attempt.Deferred(var host, _, var diagnostic) -> {
        @Nullable Instant until = due.get(entry.id());
        yield until == null
            ? new Step.Failed(host, diagnostic)
            : new Step.Deferred(host, diagnostic, until);
      }
      case Attempt.Refused(var host, _, var diagnostic) -> new Step.Failed(host, diagnostic);
    };
  }

  /** Their senders know. */
  void reported(List<Reporting.Told> all) {
    var events = new ArrayList<TraceEvent>();
    for (var told : all) {
      var sender = told.entry().reversePath().address();
      if (sender != null && told.outcome().isWanted()) {
        var report = report(told.outcome().action());
        events.add(event(told.entry(), new Step.Reported(report, sender)));
      }
    }
    trace.record(events);
  }

  private static Step.Report report(ReportedOutcome.Action action) {
    return switch (action) {
      case FAILED -> Step.Report.FAILED;
      case DELAYED -> Step.Report.DELAYED;
      case DELIVERED -> Step.Report.DELIVERED;
      case RELAYED, EXPANDED -> Step.Report.RELAYED;
    };
  }

  /** Somebody decided over them, by hand or by a standing order. */
  static List<TraceEvent> handled(Viewer viewer, QueueAction action, List<LockedEntry> done) {
    var step = new Step.Handled(action(action), name(viewer), words(action));
    return done.stream().flatMap(entry -> event(entry, step).stream()).toList();
  }

  private static Optional<TraceEvent> event(LockedEntry entry, Step step) {
    try {
      var recipient = MailAddress.parse(entry.recipient());
      return Optional.of(
          new TraceEvent(new TraceId(entry.trace()), entry.accountId(), recipient, step));
    } catch (InvalidAddressException _) {
      return Optional.empty(); // a damaged row can be dropped all the same
    }
  }

  private static Step.Action action(QueueAction action) {
    return switch (action) {
      case QueueAction.Hold _ -> Step.Action.HELD;
      case QueueAction.Release() -> Step.Action.RELEASED;
      case QueueAction.Retry() -> Step.Action.RETRIED;
      case QueueAction.Reroute _ -> Step.Action.REROUTED;
      case QueueAction.Drop _ -> Step.Action.DROPPED;
    };
  }

  /** What the customer may read, too: where it is rerouted to is the administrator's. */
  private static String words(QueueAction action) {
    return action instanceof QueueAction.Reroute ? "" : action.detail();
  }

  /** Who it was at the provider is in the audit log, for those who may know. */
  private static String name(Viewer viewer) {
    return switch (viewer) {
      case Viewer.Person(_, var role, var login) -> role == Role.CUSTOMER ? login : "the provider";
      case Viewer.MailboxUser(_, var address) -> address.toString();
      case Viewer.Server() -> "the server";
    };
  }

  private static TraceEvent event(Entry entry, Step step) {
    Long account = entry.account() == 0 ? null : Long.valueOf(entry.account());
    return new TraceEvent(entry.trace(), account, entry.recipient(), step);
  }
}
