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
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private final Set<String> destinations = new HashSet<>();
  private boolean ringing;

  void ring(Set<String> forDestinations) {
    lock.lock();
    try {
      destinations.addAll(forDestinations);
      ringing = true;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a ring at most that long, and gives the destinations that were rung for. */
  Set<String> await(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!ringing && left > 0) {
        left = rung.awaitNanos(left);
      }
      ringing = false;
      var heard = Set.copyOf(destinations);
      destinations.clear();
      return heard;
    } finally {
      lock.unlock();
    }
  }
}
