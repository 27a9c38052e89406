package dev.postroom.trace;

import dev.postroom.mail.TraceId;
import dev.postroom.trace.Recorded.Moment;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where whatever happens to messages is recorded. It never waits, never fails, and touches no
 * database: {@link TraceWriter} writes what lies here.
 *
 * <p>Any thread. The lock guards the queue for the moment of adding or taking.
 */
@ApplicationScoped
public class Trace {
  private final TraceConfig config;
  private final Clock clock;
  private final Counter recorded;
  private final Counter lost;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition enough = lock.newCondition();
  private final Queue<Recorded> waiting = new ArrayDeque<>();
  private final AtomicLong lastAt = new AtomicLong();
  private int weight;
  private boolean hurry;

  @Inject
  public Trace(TraceConfig config, Clock clock, MeterRegistry meters) {
    this.config = config;
    this.clock = clock;
    this.recorded = meters.counter("postroom.trace.recorded");
    this.lost = meters.counter("postroom.trace.lost");
    meters.gauge("postroom.trace.waiting", this, Trace::waiting);
  }

  /** For a message that comes in: what is told of it is recorded when it is here, or refused. */
  public Story begin(TraceId id) {
    return new Story(id, this::moment);
  }

  /** Something that happened to a message after it had come in. */
  public void record(TraceEvent event) {
    record(List.of(event));
  }

  public void record(List<TraceEvent> events) {
    add(new Recorded(null, events.stream().map(e -> new Moment(moment(), e)).toList()));
  }

  /** How a message came in, or did not. */
  public void record(Story story) {
    add(new Recorded(story, story.moments()));
  }

  void record(@Observes(during = TransactionPhase.AFTER_SUCCESS) Told told) {
    record(told.story());
  }

  private void add(Recorded told) {
    if (!config.enabled() || told.moments().isEmpty()) {
      return;
    }
    (isKept(told) ? recorded : lost).increment(told.weight());
  }

  private boolean isKept(Recorded told) {
    lock.lock();
    try {
      if (weight >= config.buffer()) {
        return false;
      }
      waiting.add(told);
      weight += told.weight();
      if (weight >= config.batch()) {
        enough.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Each event of this process has a microsecond of its own, so that they stay in their order. */
  private long moment() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    return lastAt.updateAndGet(last -> Math.max(now, last + 1));
  }

  /** Waits until there is a batch, or for as long; then takes a batch, if there is anything. */
  List<Recorded> take(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (weight < config.batch() && left > 0 && !hurry) {
        left = enough.awaitNanos(left);
      }
      return next();
    } finally {
      lock.unlock();
    }
  }

  private List<Recorded> next() {
    var batch = new ArrayList<Recorded>();
    int taken = 0;
    for (var next = waiting.peek(); next != null && taken < config.batch(); next = waiting.peek()) {
      batch.add(waiting.remove());
      taken += next.weight();
    }
    weight -= taken;
    return batch;
  }

  /** From now on nobody waits for a batch to be full. */
  void hurry() {
    lock.lock();
    try {
      hurry = true;
      enough.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Events that are not written yet. */
  int waiting() {
    lock.lock();
    try {
      return weight;
    } finally {
      lock.unlock();
    }
  }

  void lose(List<Recorded> batch) {
    lost.increment(batch.stream().mapToInt(Recorded::weight).sum());
  }
}
