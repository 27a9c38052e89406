package dev.postroom.queue;

import dev.postroom.directory.Viewer;
import dev.postroom.mail.TraceId;
import dev.postroom.outbound.Attempt;
import dev.postroom.outbound.RemoteDelivery;
import dev.postroom.outbound.Sites;
import dev.postroom.trace.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due. It learns of new entries by the {@link Doorbell} and looks in the table for
 * the rest: what is tried again, what other nodes queued, what a crashed process left behind.
 *
 * <p>Threads: one of its own that only finds work; the workers of {@link Lanes} do it.
 */
@ApplicationScoped
public class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);

  /**
   * The table is not searched more often than this, unless somebody rings without a destination.
   */
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  /** How often it is seen whether the pause of a destination has ended. */
  private static final Duration TICK = Duration.ofMillis(200);

  /** A search that takes long is not made often. */
  private static final int PAUSE_FOR_LOOK = 20;

  private static final int RENEWALS_PER_LEASE = 3;
  private static final Duration LONGEST_UPKEEP = Duration.ofSeconds(10);
  private static final int BEFORE_OTHERS = 100; // while connections and database are still there

  private final QueueConfig config;
  private final Transactions transactions;
  private final Doorbell doorbell;
  private final Clock clock;
  private final Claimer claimer;
  private final Lanes lanes;
  private final Duration upkeep;
  private final Leases leases = new Leases();
  private final AtomicLong length = new AtomicLong();
  private volatile boolean stopping;
  private volatile @Nullable Thread thread;
  private Instant nextUpkeep = Instant.MIN;
  private boolean databaseAway;

  Dispatcher(
      QueueConfig config,
      Transactions transactions,
      HomeDelivery home,
      RemoteDelivery remote,
      Sites sites,
      Reports reports,
      RefusedForwards refused,
      Endings endings,
      Doorbell doorbell,
      StandingOrders orders,
      Trace trace,
      Clock clock,
      RandomGenerator random,
      MeterRegistry meters) {
    this.config = config;
    this.transactions = transactions;
    this.doorbell = doorbell;
    this.clock = clock;
    this.upkeep = shorter(config.lease().dividedBy(RENEWALS_PER_LEASE), LONGEST_UPKEEP);
    var claimant = TraceId.next(clock, random).value();
    this.claimer =
        new Claimer(transactions, new Claims(claimant), orders, leases, config.lease(), clock);
    var postman =
        new Postman(
            home,
            remote,
            new Ledger(transactions, claimant, () -> stopping),
            new Reporting(transactions, claimant, reports, new ForwardedEntries(refused)),
            endings,
            leases,
            new RetrySchedule(config.retryPauses(), config.retryJitter(), random),
            clock,
            new EntryStories(trace),
            meters);
    this.lanes =
        new Lanes(
            new Work(new Destinations(sites, config), claimer, postman),
            new Lanes.Limits(config.workers(), config.batch(), config.claimed()),
            clock,
            doorbell::ringEverywhere);
    meters.gauge("postroom.queue.length", length);
  }

  private record Work(Destinations destinations, Claimer claimer, Postman postman)
      implements Trade {
    @Override
    public Trade.Route route(String destination) {
      return destinations.route(destination);
    }

    @Override
    public Trade.Claimed claim(String destination, Serving serving) {
      return claimer.claim(destination, serving);
    }

    @Override
    public Reaction carry(Parcel parcel) {
      return postman.carry(parcel);
    }

    @Override
    public void postpone(List<Parcel> parcels, Attempt.Deferred outcome) {
      postman.postpone(parcels, outcome);
    }
  }

  void begin(@Observes StartupEvent startup) {
    if (config.enabled()) {
      start();
    }
  }

  void start() {
    thread = Thread.ofVirtual().name("queue-dispatcher").start(this::run);
  }

  /** False when this process should send what is queued, and does not. */
  public boolean isWell() {
    var running = thread;
    return !config.enabled() || (running != null && running.isAlive());
  }

  private void run() {
    long nextLook = System.nanoTime();
    while (!stopping) {
      try {
        long untilLook = nextLook - System.nanoTime();
        long patience = lanes.hasPaused() ? Math.min(untilLook, TICK.toNanos()) : untilLook;
        var ring = doorbell.await(Duration.ofNanos(patience));
        ring.turns().forEach(lanes::announce);
        lanes.wake();
        if (ring.everywhere() || System.nanoTime() - nextLook >= 0) {
          nextLook = System.nanoTime() + look().toNanos();
        }
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  /** Searches the table, and says when to do so again. */
  private Duration look() {
    try {
      keepUp();
      long started = System.nanoTime();
      claimer.due().forEach(lanes::announce);
      var rest = Duration.ofNanos(PAUSE_FOR_LOOK * (System.nanoTime() - started));
      var pause = shorter(longer(pause(), rest), upkeep); // leases do not run out meanwhile
      if (databaseAway) {
        databaseAway = false;
        LOG.info("the database is back; the queue goes on");
      }
      return pause;
    } catch (RuntimeException trouble) {
      if (!databaseAway) {
        databaseAway = true;
        LOG.error("the queue cannot be read; nothing is sent until it can", trouble);
      }
      return SHORTEST_PAUSE;
    }
  }

  private void keepUp() {
    var now = clock.instant();
    if (!now.isBefore(nextUpkeep)) {
      claimer.renew();
      length.set(transactions.run(c -> QueueListing.count(c, Viewer.SERVER, Selection.ALL, now)));
      lanes.forgetOld();
      nextUpkeep = now.plus(upkeep);
    }
  }

  private Duration pause() {
    var untilDue =
        claimer.nextDue().map(due -> Duration.between(clock.instant(), due)).orElse(config.poll());
    var longest = shorter(config.poll(), upkeep);
    return shorter(longest, untilDue.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : untilDue);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Calls back what this process has claimed and not begun; gives those that will not be. */
  Set<Long> withdraw(List<Long> ids) {
    return leases.withdraw(ids);
  }

  /** What was put off may be tried at once. */
  void rouse() {
    lanes.rouse();
    doorbell.ringEverywhere();
  }

  void end(@Observes @Priority(BEFORE_OTHERS) ShutdownEvent shutdown) throws InterruptedException {
    stop();
  }

  /** Finishes what is on its way, as far as it is done in time, and gives back the rest. */
  void stop() throws InterruptedException {
    var running = thread;
    if (running == null) {
      return;
    }
    stopping = true;
    running.interrupt();
    running.join();
    release(lanes.stop());
    if (!lanes.awaitEnd(config.shutdownGrace())) {
      LOG.warn("some messages are still being sent; they are tried again after their lease");
    }
    release(lanes.stop()); // what was just being claimed
  }

  private void release(List<Parcel> unbegun) {
    try {
      claimer.release(unbegun);
    } catch (QueueUnavailableException away) {
      LOG.warnf("claimed entries wait for their lease to run out: %s", away.getMessage());
    }
  }
}
