package dev.postroom.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A lane for each destination that has something due, with a few workers each, and not more than so
 * many busy in all. A lane grows wider with each message that its destination takes, up to a limit,
 * and begins again when one is not taken: how much a host can bear is not known before. A lane
 * fetches its own next entries, so that a destination with a hundred thousand of them holds up
 * nobody else, and is gone when there are none.
 *
 * <p>Threads: the dispatcher adds and announces, workers (virtual threads) take. The lock guards
 * lanes and backlogs; it is not held while working or looking in the table.
 */
final class Lanes {
  private static final Logger LOG = Logger.getLogger(Lanes.class);

  /** What a worker does. */
  interface Trade {
    /** Claims what is due for the destination; empty when nothing is, or when it cannot look. */
    List<Parcel> claim(String destination);

    /**
     * @return true when the destination took it
     */
    boolean carry(Parcel parcel);
  }

  /** How many workers a lane has at first and at most. */
  record Width(int first, int most) {}

  private final Trade trade;
  private final Width width;
  private final Semaphore busy;
  private final int maxLanes;
  private final Runnable onIdle;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition lanesEnded = lock.newCondition();
  private final Map<String, Lane> lanes = new HashMap<>();
  private boolean stopping;

  /**
   * @param onIdle called when a lane has ended, so that others can be opened
   */
  Lanes(Trade trade, Width width, int workers, Runnable onIdle) {
    this.trade = trade;
    this.width = width;
    this.busy = new Semaphore(workers, true);
    this.maxLanes = workers * 2;
    this.onIdle = onIdle;
  }

  /** Takes in what was claimed for whatever destinations. */
  void add(List<Parcel> parcels) {
    lock.lock();
    try {
      for (var parcel : parcels) {
        var lane = lane(parcel.first().destination());
        lane.backlog.add(parcel);
        hire(lane);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The table may have something new for the destination.
   *
   * @return false when there are too many lanes to open one for it now
   */
  boolean announce(String destination) {
    lock.lock();
    try {
      if (lanes.size() >= maxLanes && !lanes.containsKey(destination)) {
        return false;
      }
      var lane = lane(destination);
      lane.mayHaveMore = true;
      hire(lane);
      return true;
    } finally {
      lock.unlock();
    }
  }

  boolean hasRoom() {
    lock.lock();
    try {
      return !stopping && lanes.size() < maxLanes;
    } finally {
      lock.unlock();
    }
  }

  Set<String> active() {
    lock.lock();
    try {
      return Set.copyOf(lanes.keySet());
    } finally {
      lock.unlock();
    }
  }

  private Lane lane(String destination) {
    return lanes.computeIfAbsent(destination, name -> new Lane(name, width.first()));
  }

  private void hire(Lane lane) {
    int useful = lane.backlog.size() + (lane.mayHaveMore && !lane.refilling ? 1 : 0);
    while (!stopping && lane.workers < Math.min(lane.width, useful)) {
      lane.workers++;
      Thread.ofVirtual().name("queue-" + lane.destination).start(() -> work(lane));
    }
  }

  private void work(Lane lane) {
    boolean more = true;
    while (more) {
      busy.acquireUninterruptibly();
      try {
        var parcel = next(lane);
        more = parcel != null;
        if (parcel != null) {
          widen(lane, trade.carry(parcel));
        }
      } catch (RuntimeException bug) {
        LOG.error("a worker of the queue failed; the entry is tried again after its lease", bug);
      } finally {
        busy.release();
      }
    }
  }

  private void widen(Lane lane, boolean taken) {
    lock.lock();
    try {
      lane.width = taken ? Math.min(lane.width + 1, width.most()) : width.first();
      hire(lane);
    } finally {
      lock.unlock();
    }
  }

  /** The next parcel; null when there is no work for this worker, and it is dismissed. */
  private @Nullable Parcel next(Lane lane) {
    lock.lock();
    try {
      while (!stopping && lane.backlog.isEmpty() && lane.mayHaveMore && !lane.refilling) {
        refill(lane);
      }
      boolean leaves = stopping || lane.workers > lane.width;
      var parcel = leaves ? null : lane.backlog.poll();
      if (parcel == null) {
        dismiss(lane);
      }
      return parcel;
    } finally {
      lock.unlock();
    }
  }

  private void refill(Lane lane) {
    lane.mayHaveMore = false;
    lane.refilling = true;
    List<Parcel> claimed = List.of();
    lock.unlock();
    try {
      claimed = trade.claim(lane.destination);
    } finally {
      lock.lock();
      lane.refilling = false;
    }
    lane.backlog.addAll(claimed);
    lane.mayHaveMore |= !claimed.isEmpty();
    hire(lane);
  }

  private void dismiss(Lane lane) {
    lane.workers--;
    if (lane.workers == 0) {
      lanes.remove(lane.destination);
      lanesEnded.signalAll();
      onIdle.run();
    }
  }

  /** Hires nobody any more, and gives what was claimed and not begun. */
  List<Parcel> stop() {
    lock.lock();
    try {
      stopping = true;
      var unbegun = new ArrayList<Parcel>();
      for (var lane : lanes.values()) {
        unbegun.addAll(lane.backlog);
        lane.backlog.clear();
      }
      return unbegun;
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
      while (!lanes.isEmpty() && left > 0) {
        left = lanesEnded.awaitNanos(left);
      }
      return lanes.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
