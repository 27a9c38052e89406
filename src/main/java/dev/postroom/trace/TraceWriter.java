package dev.postroom.trace;

import dev.postroom.directory.Recipients;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was recorded, a batch in a transaction, and keeps the days of the tables.
 *
 * <p>Threads: one of its own. While the database is away it holds on to its batch and tries again;
 * what is recorded meanwhile waits in {@link Trace} as long as there is room.
 */
@ApplicationScoped
class TraceWriter {
  private static final Logger LOG = Logger.getLogger(TraceWriter.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration UPKEEP = Duration.ofHours(1);
  private static final Duration UPKEEP_AFTER_FAILURE = Duration.ofMinutes(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);
  private static final int NODES = 1 << 16;

  private final Trace trace;
  private final TraceConfig config;
  private final AgroalDataSource database;
  private final Recipients directory;
  private final Clock clock;
  private final int node;
  private Instant nextUpkeep = Instant.MIN;
  private boolean failing;
  private volatile boolean stopping;
  private volatile @Nullable Thread thread;

  TraceWriter(
      Trace trace,
      TraceConfig config,
      AgroalDataSource database,
      Recipients directory,
      Clock clock,
      RandomGenerator random) {
    this.trace = trace;
    this.config = config;
    this.database = database;
    this.directory = directory;
    this.clock = clock;
    this.node = random.nextInt(NODES);
  }

  void start(@Observes StartupEvent startup) {
    if (config.enabled()) {
      thread = Thread.ofVirtual().name("trace-writer").start(this::run);
    }
  }

  private void run() {
    try {
      while (!stopping) {
        keepDays();
        write(trace.take(config.writeEvery()));
      }
    } catch (InterruptedException _) {
      // what is left is written by whoever stops this thread
    }
  }

  /** Does not return before the batch is written, unless it never can be. */
  private void write(List<Recorded> recorded) throws InterruptedException {
    while (!recorded.isEmpty() && !written(recorded)) {
      if (stopping) {
        trace.lose(recorded);
        return;
      }
      Thread.sleep(PAUSE);
    }
  }

  private boolean written(List<Recorded> recorded) {
    try {
      var batch = new Batch(recorded, directory::accountOf, node, config.subjects());
      QuarkusTransaction.requiringNew()
          .call(
              () -> {
                try (var connection = database.getConnection()) {
                  batch.write(connection);
                }
                return true;
              });
      recovered();
      return true;
    } catch (RuntimeException failed) {
      return isLost(recorded, failed);
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      LOG.info("stories of messages are written again");
    }
  }

  /** A batch that the database does not take would never be taken: it must not stop all others. */
  private boolean isLost(List<Recorded> recorded, RuntimeException failed) {
    if (isItsOwnFault(failed)) {
      trace.lose(recorded);
      LOG.error("what happened to some messages could not be written down", failed);
      return true;
    }
    if (!failing) {
      failing = true;
      LOG.warnf("stories of messages wait for the database: %s", failed.getMessage());
    }
    return false;
  }

  /** SQL state 22: data; 23: integrity. A bug is one, too. */
  private static boolean isItsOwnFault(Throwable failed) {
    boolean sawSql = false;
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        sawSql = true;
        var state = sql.getSQLState();
        if (state != null && (state.startsWith("22") || state.startsWith("23"))) {
          return true;
        }
      }
    }
    return !sawSql;
  }

  private void keepDays() {
    var now = clock.instant();
    if (now.isBefore(nextUpkeep)) {
      return;
    }
    try (var connection = database.getConnection()) {
      Days.keep(connection, LocalDate.ofInstant(now, ZoneOffset.UTC), config.keepDays());
      nextUpkeep = now.plus(UPKEEP);
    } catch (SQLException | RuntimeException failed) {
      nextUpkeep = now.plus(UPKEEP_AFTER_FAILURE);
      LOG.warnf("the days of the trace are looked after later: %s", failed.getMessage());
    }
  }

  void end(@Observes ShutdownEvent shutdown) throws InterruptedException {
    var running = thread;
    if (running == null) {
      return;
    }
    stopping = true;
    trace.hurry();
    running.join(LAST_WORDS);
    for (var rest = trace.take(Duration.ZERO); !rest.isEmpty(); rest = trace.take(Duration.ZERO)) {
      write(rest);
    }
  }
}
