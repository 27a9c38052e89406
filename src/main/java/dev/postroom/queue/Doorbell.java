package dev.postroom.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tells the dispatcher that entries were committed. A ring is not lost. Any thread. */
@ApplicationScoped
public class Doorbell {
  /**
   * What was heard.
   *
   * @param everywhere something may be due anywhere
   */
  record Ring(Set<Turn> turns, boolean everywhere) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private final Set<Turn> turns = new HashSet<>();
  private boolean everywhere;

  void ring(Set<Turn> more) {
    lock.lock();
    try {
      turns.addAll(more);
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void ringEverywhere() {
    lock.lock();
    try {
      everywhere = true;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a ring, at most that long. */
  Ring await(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!everywhere && turns.isEmpty() && left > 0) {
        left = rung.awaitNanos(left);
      }
      var heard = new Ring(Set.copyOf(turns), everywhere);
      turns.clear();
      everywhere = false;
      return heard;
    } finally {
      lock.unlock();
    }
  }
}
