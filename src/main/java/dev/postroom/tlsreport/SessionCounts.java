package dev.postroom.tlsreport;

import dev.postroom.outbound.TlsSession;
import dev.postroom.outbound.TlsSessions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Counts in memory how connections turned out and writes the counts down now and then, many in one
 * statement. What was not written when the process dies is not reported.
 *
 * <p>Threads: any adds, one writes; the lock is never held while the database works.
 */
@ApplicationScoped
public class SessionCounts implements TlsSessions {
  private static final Logger LOG = Logger.getLogger(SessionCounts.class);

  private final SessionTable table;
  private final TlsReportConfig config;
  private final Clock clock;
  private final Counter overflow;
  private final ReentrantLock lock = new ReentrantLock();
  // guarded by the lock
  private Map<SessionCount, Long> counts = new HashMap<>();

  SessionCounts(SessionTable table, TlsReportConfig config, Clock clock, MeterRegistry meters) {
    this.table = table;
    this.config = config;
    this.clock = clock;
    this.overflow = meters.counter("postroom.tlsreport.uncounted");
  }

  @Override
  public void add(TlsSession session) {
    if (config.enabled()) {
      var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      add(SessionCount.of(day, session), 1);
    }
  }

  private void add(SessionCount count, long sessions) {
    lock.lock();
    try {
      if (counts.size() < config.outcomesInMemory() || counts.containsKey(count)) {
        counts.merge(count, sessions, Long::sum);
      } else {
        overflow.increment();
      }
    } finally {
      lock.unlock();
    }
  }

  @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void write() {
    var taken = take();
    if (taken.isEmpty()) {
      return;
    }
    try {
      table.add(taken);
    } catch (SQLException failed) {
      LOG.warnf("cannot write down how secure connections were: %s", failed.getMessage());
      taken.forEach(this::add);
    }
  }

  private Map<SessionCount, Long> take() {
    lock.lock();
    try {
      var taken = counts;
      counts = new HashMap<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  void close(@Observes ShutdownEvent shutdown) {
    write();
  }
}
