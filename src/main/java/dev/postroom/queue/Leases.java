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
  /**
   * @param destination for which it was claimed; a reroute sends it elsewhere while a parcel of
   *     before still waits
   */
  private record Lease(Instant end, String destination) {
    boolean holds(Instant now) {
      return now.isBefore(end);
    }
  }

  private final Map<Long, Lease> leases = new ConcurrentHashMap<>();

  /** On their way. An id is added and asked for while its entry in {@link #leases} is locked. */
  private final Set<Long> begun = ConcurrentHashMap.newKeySet();

  void take(Collection<Entry> entries, Instant end) {
    entries.forEach(entry -> leases.put(entry.id(), new Lease(end, entry.destination())));
  }

  /** Only those that are still held. */
  void renewed(Collection<Long> ids, Instant end) {
    ids.forEach(
        id -> leases.computeIfPresent(id, (_, lease) -> new Lease(end, lease.destination())));
  }

  void drop(Collection<Long> ids) {
    ids.forEach(leases::remove);
    ids.forEach(begun::remove);
  }

  /**
   * Called before an entry is sent.
   *
   * @return false when another process may have claimed it meanwhile, it was called back, or it
   *     goes elsewhere now
   */
  boolean begin(Entry entry, Instant now) {
    var first = new AtomicBoolean();
    leases.computeIfPresent(
        entry.id(),
        (id, lease) -> {
          if (!lease.holds(now)) {
            return null;
          }
          first.set(lease.destination().equals(entry.destination()) && begun.add(id));
          return lease;
        });
    return first.get();
  }

  /** Calls back what was claimed and not begun; gives those that will not be. */
  Set<Long> withdraw(Collection<Long> ids) {
    var withdrawn = new HashSet<Long>();
    for (var id : ids) {
      leases.computeIfPresent(
          id,
          (_, lease) -> {
            if (begun.contains(id)) {
              return lease;
            }
            withdrawn.add(id);
            return null;
          });
    }
    return withdrawn;
  }

  List<Long> held() {
    return List.copyOf(leases.keySet());
  }

  /** False when another process may have claimed it meanwhile. */
  boolean holds(long id, Instant now) {
    var lease = leases.get(id);
    return lease != null && lease.holds(now);
  }
}
