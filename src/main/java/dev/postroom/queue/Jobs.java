package dev.postroom.queue;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/** Work that goes on, each piece on a virtual thread of its own. Any thread. */
final class Jobs {
  private static final Logger LOG = Logger.getLogger(Jobs.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allEnded = lock.newCondition();
  private int running;

  void start(String name, Runnable job) {
    count(1);
    Thread.ofVirtual().name(name).start(() -> run(job));
  }

  private void run(Runnable job) {
    try {
      job.run();
    } catch (RuntimeException bug) {
      LOG.error("the queue failed; the entry is tried again after its lease", bug);
    } finally {
      count(-1);
    }
  }

  private void count(int more) {
    lock.lock();
    try {
      running += more;
      if (running == 0) {
        allEnded.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * @return false when some are still at work after that time
   */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (running > 0 && left > 0) {
        left = allEnded.awaitNanos(left);
      }
      return running == 0;
    } finally {
      lock.unlock();
    }
  }
}
