package dev.postroom.queue;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which entries this process has claimed, and until when they are its alone. Any thread. */
final class Leases {
  private final Map<Long, Instant> until = new ConcurrentHashMap<>();

  void take(Collection<Long> ids, Instant lease) {
    ids.forEach(id -> until.put(id, lease));
  }

  /** Only those that are still held. */
  void renewed(Collection<Long> ids, Instant lease) {
    ids.forEach(id -> until.computeIfPresent(id, (_, _) -> lease));
  }

  void drop(Collection<Long> ids) {
    ids.forEach(until::remove);
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
