package dev.postroom.queue;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Which entries this process has claimed, and until when they are its alone. Any thread. */
final class Leases {
  private final Map<Long, Instant> until = new ConcurrentHashMap<>();

  /** On their way. An id is added and asked for while its entry in {@link #until} is locked. */
  private final Set<Long> begun = ConcurrentHashMap.newKeySet();

  void take(Collection<Long> ids, Instant lease) {
    ids.forEach(id -> until.put(id, lease));
  }

  /** Only those that are still held. */
  void renewed(Collection<Long> ids, Instant lease) {
    ids.forEach(id -> until.computeIfPresent(id, (_, _) -> lease));
  }

  void drop(Collection<Long> ids) {
    ids.forEach(until::remove);
    ids.forEach(begun::remove);
  }

  /**
   * Called before an entry is sent.
   *
   * @return false when another process may have claimed it meanwhile, or it was called back
   */
  boolean begin(long id, Instant now) {
    var first = new AtomicBoolean();
    until.computeIfPresent(
        id,
        (_, end) -> {
          if (!now.isBefore(end)) {
            return null;
          }
          first.set(begun.add(id));
          return end;
        });
    return first.get();
  }

  /** Calls back what was claimed and not begun; gives those that will not be. */
  Set<Long> withdraw(Collection<Long> ids) {
    var withdrawn = new HashSet<Long>();
    for (var id : ids) {
      until.computeIfPresent(
          id,
          (_, end) -> {
            if (begun.contains(id)) {
              return end;
            }
            withdrawn.add(id);
            return null;
          });
    }
    return withdrawn;
  }

  List<Long> held() {
    return List.copyOf(until.keySet());
  }

  /** False when another process may have claimed it meanwhile. */
  boolean holds(long id, Instant now) {
    var lease = until.get(id);
    return lease != null && now.isBefore(lease);
  }
}
