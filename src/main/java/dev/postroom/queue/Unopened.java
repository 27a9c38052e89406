package dev.postroom.queue;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What there was no lane for yet. Customers take turns. Not for use by several threads at once. */
final class Unopened {
  private final int most;
  private final Map<Long, SequencedSet<Turn>> byAccount = new LinkedHashMap<>();
  private int size;
  private boolean forgetful;

  /**
   * @param most turns to remember; the table has them all
   */
  Unopened(int most) {
    this.most = most;
  }

  void add(Turn turn) {
    if (size >= most) {
      forgetful = true;
    } else if (byAccount.computeIfAbsent(turn.account(), _ -> new LinkedHashSet<>()).add(turn)) {
      size++;
    }
  }

  /** The next of a customer that may have one. */
  @Nullable Turn poll(LongPredicate mayHaveOne) {
    for (var account : byAccount.keySet()) {
      if (mayHaveOne.test(account)) {
        return next(account);
      }
    }
    return null;
  }

  private @Nullable Turn next(long account) {
    var own = byAccount.remove(account);
    if (own == null) {
      return null;
    }
    var turn = own.removeFirst();
    if (!own.isEmpty()) {
      byAccount.put(account, own); // behind the others
    }
    size--;
    return turn;
  }

  /** Whether it is empty and was told more than it could remember; asked once. */
  boolean hasForgotten() {
    boolean lost = forgetful && size == 0;
    forgetful &= !lost;
    return lost;
  }
}
