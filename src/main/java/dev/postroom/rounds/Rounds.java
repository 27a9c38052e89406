package dev.postroom.rounds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Does work that comes at the same time together: what arrives while all leaders are busy goes into
 * the next round, as one.
 *
 * <p>Threads: whoever brings work and finds a leader's place free leads a round of its own work at
 * once. Everybody else waits until its work is done, or until it is told to lead the next round:
 * everything that waits then, its own first. The lock guards the queue and is never held while
 * working. At low load each piece of work is a round of its own, without a hand-over.
 *
 * @param <P> a piece of work, which carries its own result
 */
public final class Rounds<P> {
  private enum Turn {
    LEAD,
    DONE
  }

  private record Entry<P>(P part, CompletableFuture<Turn> turn) {}

  private final int leaders;
  private final int most;
  private final ToIntFunction<P> weight;
  private final Consumer<List<P>> work;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Entry<P>> waiting = new ArrayDeque<>();
  private int leading;

  /**
   * @param leaders rounds at the same time
   * @param most what the parts of one round may weigh; one alone may weigh more
   * @param work leaves its results in the parts
   */
  public Rounds(int leaders, int most, ToIntFunction<P> weight, Consumer<List<P>> work) {
    this.leaders = leaders;
    this.most = most;
    this.weight = weight;
    this.work = work;
  }

  /** Returns when the work is done, here or by another thread. */
  public void take(P part) {
    var entry = new Entry<>(part, new CompletableFuture<Turn>());
    if (mayLead(entry) || entry.turn().join() == Turn.LEAD) {
      lead(entry);
    }
  }

  /** False when it has to wait. Nobody waits while a leader's place is free. */
  private boolean mayLead(Entry<P> entry) {
    lock.lock();
    try {
      if (leading < leaders) {
        leading++;
        return true;
      }
      waiting.add(entry);
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void lead(Entry<P> own) {
    var round = round(own);
    try {
      work.accept(round.stream().map(Entry::part).toList());
    } finally {
      handOver();
      round.forEach(entry -> entry.turn().complete(Turn.DONE));
    }
  }

  /** In the order of coming: nothing heavy is overtaken for ever. */
  private List<Entry<P>> round(Entry<P> own) {
    var round = new ArrayList<Entry<P>>();
    int left = most;
    lock.lock();
    try {
      for (var next = own; next != null; next = fitting(left)) {
        round.add(next);
        left -= weight.applyAsInt(next.part());
      }
    } finally {
      lock.unlock();
    }
    return round;
  }

  private @Nullable Entry<P> fitting(int left) {
    var next = waiting.peek();
    return next != null && weight.applyAsInt(next.part()) <= left ? waiting.remove() : null;
  }

  /** The place goes to the first that waits, or becomes free. */
  private void handOver() {
    lock.lock();
    try {
      var next = waiting.poll();
      if (next == null) {
        leading--;
      } else {
        next.turn().complete(Turn.LEAD);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many wait for a round now. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
