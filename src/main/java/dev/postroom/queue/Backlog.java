package dev.postroom.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What was claimed for a destination and not begun. Customers take turns, and the mail of each goes
 * by urgency. Not for use by several threads at once.
 */
final class Backlog {
  private static final Comparator<Waiting> ORDER =
      Comparator.<Waiting>comparingInt(w -> w.parcel().first().urgency())
          .thenComparingLong(Waiting::number);

  private record Waiting(long number, Parcel parcel) {}

  /** In the order of their turns. */
  private final Map<Long, PriorityQueue<Waiting>> byAccount = new LinkedHashMap<>();

  private long numbers;
  private int parcels;
  private int entries;

  int parcels() {
    return parcels;
  }

  int entries() {
    return entries;
  }

  boolean isEmpty() {
    return parcels == 0;
  }

  void add(List<Parcel> more) {
    for (var parcel : more) {
      byAccount
          .computeIfAbsent(parcel.first().account(), _ -> new PriorityQueue<>(ORDER))
          .add(new Waiting(numbers++, parcel));
      parcels++;
      entries += parcel.entries().size();
    }
  }

  /** The next parcel of the customer whose turn it is, of those that may have one now. */
  @Nullable Parcel poll(LongPredicate mayHaveOne) {
    for (var account : byAccount.keySet()) {
      if (mayHaveOne.test(account)) {
        return next(account);
      }
    }
    return null;
  }

  private @Nullable Parcel next(long account) {
    var own = byAccount.remove(account);
    var waiting = own == null ? null : own.poll();
    if (own == null || waiting == null) {
      return null;
    }
    if (!own.isEmpty()) {
      byAccount.put(account, own); // behind the others
    }
    return gone(waiting.parcel());
  }

  private Parcel gone(Parcel parcel) {
    parcels--;
    entries -= parcel.entries().size();
    return parcel;
  }

  /** Takes out everything. */
  List<Parcel> drain() {
    var all = new ArrayList<Parcel>();
    for (var parcel = poll(_ -> true); parcel != null; parcel = poll(_ -> true)) {
      all.add(parcel);
    }
    return all;
  }

  /** Whether mail of this customer waits here that is at least as urgent. */
  boolean has(long account, int urgency) {
    var own = byAccount.get(account);
    var first = own == null ? null : own.peek();
    return first != null && first.parcel().first().urgency() <= urgency;
  }

  /** How many entries wait for each turn. */
  Map<Turn, Integer> waiting() {
    var counts = new HashMap<Turn, Integer>();
    byAccount
        .values()
        .forEach(
            own ->
                own.forEach(
                    waiting ->
                        counts.merge(
                            waiting.parcel().first().turn(),
                            waiting.parcel().entries().size(),
                            Integer::sum)));
    return counts;
  }
}
