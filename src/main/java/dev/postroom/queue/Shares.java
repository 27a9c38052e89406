package dev.postroom.queue;

import java.util.HashMap;
import java.util.Map;

/**
 * Something scarce that customers share. Whoever uses much of it leaves a part free, for whoever
 * comes next: a customer may have at most four times what is free. Alone, that is four fifths of
 * all; two have four ninths each. So the first piece of another's mail need not wait until one of a
 * hundred thousand is done. Not for use by several threads at once.
 */
final class Shares {
  private static final int TIMES_WHAT_IS_FREE = 4;

  private final Map<Long, Integer> byAccount = new HashMap<>();
  private int taken;

  int taken() {
    return taken;
  }

  /**
   * @param capacity how much there is in all, now
   */
  boolean mayTake(long account, int capacity) {
    return byAccount.getOrDefault(account, 0) < TIMES_WHAT_IS_FREE * (capacity - taken);
  }

  void take(long account) {
    byAccount.merge(account, 1, Integer::sum);
    taken++;
  }

  void giveBack(long account) {
    byAccount.computeIfPresent(account, (_, had) -> had == 1 ? null : had - 1);
    taken--;
  }
}
