package dev.postroom.routing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Runs a whole transaction again when MariaDB has sacrificed it to another one. */
final class Retry {
  static final int MAX_ATTEMPTS = 6;

  private static final Logger LOG = Logger.getLogger(Retry.class);
  private static final int DEADLOCK = 1213;
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final int RECORD_CHANGED = 1020;
  private static final Set<Integer> SACRIFICED =
      Set.of(DEADLOCK, LOCK_WAIT_TIMEOUT, RECORD_CHANGED);
  private static final int MAX_PAUSE_MILLIS = 20;

  private Retry() {}

  static <T> T onDeadlock(Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (RuntimeException failed) {
        if (attempt == MAX_ATTEMPTS || !isSacrificed(failed)) {
          throw failed;
        }
        LOG.debugf("transaction sacrificed, attempt %d", attempt);
        pause(attempt);
      }
    }
  }

  private static boolean isSacrificed(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && SACRIFICED.contains(sql.getErrorCode())) {
        return true;
      }
    }
    return false;
  }

  /** A pause of random length, so that the same two do not meet again. */
  private static void pause(int attempt) {
    try {
      Thread.sleep(
          Duration.ofMillis(
              ThreadLocalRandom.current().nextLong(1, (long) MAX_PAUSE_MILLIS * attempt)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
