package dev.postroom.directory;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Runs work in a transaction: the caller's where there is one, else its own, which is tried again
 * when MariaDB sacrificed it to a deadlock.
 */
@ApplicationScoped
public class Transactions {
  private static final Logger LOG = Logger.getLogger(Transactions.class);
  private static final int MAX_ATTEMPTS = 6;
  private static final int MAX_PAUSE_MILLIS = 20;
  private static final int ER_LOCK_WAIT_TIMEOUT = 1205;
  private static final int ER_LOCK_DEADLOCK = 1213;

  private final RandomGenerator random;

  Transactions(RandomGenerator random) {
    this.random = random;
  }

  /** The work may run several times: it changes nothing but the database. */
  public <T> T call(Supplier<T> work) {
    if (QuarkusTransaction.isActive()) {
      return work.get();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return QuarkusTransaction.requiringNew().call(work::get);
      } catch (RuntimeException failed) {
        if (attempt == MAX_ATTEMPTS || !isDeadlock(failed)) {
          throw failed;
        }
        LOG.debugf("deadlock, attempt %d", attempt);
        pause(attempt);
      }
    }
  }

  public void run(Runnable work) {
    call(
        () -> {
          work.run();
          return true;
        });
  }

  private static boolean isDeadlock(Throwable failed) {
    for (var cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && (sql.getErrorCode() == ER_LOCK_DEADLOCK
              || sql.getErrorCode() == ER_LOCK_WAIT_TIMEOUT)) {
        return true;
      }
    }
    return false;
  }

  private void pause(int attempt) {
    try {
      Thread.sleep(random.nextLong(1, MAX_PAUSE_MILLIS * (long) attempt));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between attempts", interrupted);
    }
  }
}
