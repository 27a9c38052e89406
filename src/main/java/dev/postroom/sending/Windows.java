package dev.postroom.sending;

import dev.postroom.sending.Window.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The windows of all that lately sent within limits, in memory. Any thread. */
@ApplicationScoped
class Windows {
  private static final Duration KEPT = Duration.ofHours(3);

  private final SendingTable table;
  private final Clock clock;
  private final ConcurrentMap<Scope, Window> windows = new ConcurrentHashMap<>();

  Windows(SendingTable table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** Each with what the database knows: at most one statement, and none for those in memory. */
  List<Window> of(Collection<Scope> scopes) {
    var now = clock.instant();
    var found = scopes.stream().map(scope -> touched(scope, now)).toList();
    load(found.stream().filter(window -> !window.isLoaded()).toList(), now);
    return found;
  }

  private Window touched(Scope scope, Instant now) {
    return windows.compute(
        scope,
        (_, known) -> {
          var window = known == null ? new Window(scope) : known;
          window.touch(now);
          return window;
        });
  }

  /** Reads them again, when all that was counted is written. */
  void load(List<Window> wanted, Instant now) {
    var rows =
        table.read(wanted.stream().map(Window::scope).toList(), Window.hour(now) - Hours.OF_DAY);
    for (var window : wanted) {
      window.load(rows.stream().filter(row -> row.scope().equals(window.scope())).toList());
    }
  }

  /** What is not written yet, in the order of the key. */
  List<Row> takeUnsaved() {
    var rows = new ArrayList<Row>();
    windows.values().forEach(window -> rows.addAll(window.takeUnsaved()));
    rows.sort(
        (one, other) ->
            one.scope().kind() == other.scope().kind()
                ? Long.compare(one.scope().id(), other.scope().id())
                : one.scope().kind().compareTo(other.scope().kind()));
    return rows;
  }

  void notSaved(List<Row> rows) {
    rows.forEach(row -> touched(row.scope(), clock.instant()).notSaved(row));
  }

  /** Those of these rows, to be read again. */
  List<Window> windows(List<Row> rows) {
    var scopes = new HashSet<Scope>();
    rows.forEach(row -> scopes.add(row.scope()));
    return windows.values().stream().filter(window -> scopes.contains(window.scope())).toList();
  }

  void forgetIdle() {
    var since = clock.instant().minus(KEPT);
    for (var scope : windows.keySet()) {
      windows.computeIfPresent(scope, (_, window) -> window.isIdleSince(since) ? null : window);
    }
  }

  int size() {
    return windows.size();
  }
}
