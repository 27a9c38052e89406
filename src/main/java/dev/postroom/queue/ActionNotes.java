package dev.postroom.queue;

import dev.postroom.audit.Audit;
import dev.postroom.audit.Deed;
import dev.postroom.directory.Viewer;
import dev.postroom.trace.Trace;
import dev.postroom.trace.TraceEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The entries in the audit log of one action: one for each message that was picked by hand, else
 * one for each customer with the number of its messages, which grows with each batch.
 */
final class ActionNotes {
  private final Audit audit;
  private final Trace trace;
  private final Viewer viewer;
  private final boolean byHand;
  private final String subject;

  /** By account, as committed; and as written in the transaction that runs. */
  private final Map<Long, Long> entries = new HashMap<>();

  private final Map<Long, Long> fresh = new HashMap<>();
  private List<TraceEvent> events = List.of();

  ActionNotes(Audit audit, Trace trace, Viewer viewer, Selection selection) {
    this.audit = audit;
    this.trace = trace;
    this.viewer = viewer;
    this.byHand = !selection.ids().isEmpty();
    this.subject = subject(selection);
  }

  private static String subject(Selection selection) {
    var words = new StringJoiner(", ");
    if (!selection.sender().isEmpty()) {
      words.add("from " + selection.sender());
    }
    if (!selection.destination().isEmpty()) {
      words.add("to " + selection.destination());
    }
    if (selection.accountId() != null) {
      words.add("of account " + selection.accountId());
    }
    if (!selection.search().isEmpty()) {
      words.add("that match '" + selection.search() + "'");
    }
    if (selection.state() != null) {
      words.add(selection.state().name().toLowerCase(Locale.ROOT));
    }
    return words.length() == 0 ? "all" : words.toString();
  }

  /** May be called again for the same batch, after a deadlock. */
  void write(Connection connection, QueueAction action, List<LockedEntry> done)
      throws SQLException {
    fresh.clear();
    events = EntryStories.handled(viewer, action, done);
    if (byHand) {
      for (var entry : done) {
        audit.record(connection, viewer, one(action, entry));
      }
      return;
    }
    var counts = new HashMap<Long, Long>();
    done.forEach(entry -> counts.merge(key(entry.accountId()), 1L, Long::sum));
    for (var count : counts.entrySet()) {
      var entry = entries.get(count.getKey());
      if (entry != null) {
        audit.add(connection, entry, count.getValue());
      } else {
        fresh.put(
            count.getKey(),
            audit.record(connection, viewer, many(action, count.getKey(), count.getValue())));
      }
    }
  }

  void committed() {
    trace.record(events);
    events = List.of();
    entries.putAll(fresh);
    fresh.clear();
  }

  private static Deed one(QueueAction action, LockedEntry entry) {
    var sender = entry.sender().isEmpty() ? "<>" : entry.sender();
    var detail = action.detail();
    return new Deed(
        "message." + action.past(),
        sender + " → " + entry.recipient(),
        (detail.isEmpty() ? "" : detail + "; ") + "trace " + entry.trace(),
        entry.accountId());
  }

  private Deed many(QueueAction action, long account, long count) {
    return new Deed(
            "messages." + action.past(), subject, action.detail(), account == 0 ? null : account)
        .touching(count);
  }

  private static long key(@Nullable Long account) {
    return account == null ? 0 : account;
  }
}
