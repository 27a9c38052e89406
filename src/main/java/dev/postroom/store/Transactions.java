package dev.postroom.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Runs the store's work in the caller's transaction, or in one of its own, which it tries again
 * when the database gave it up for another's sake.
 */
@ApplicationScoped
class Transactions {
  private static final Logger LOG = Logger.getLogger(Transactions.class);
  private static final int ATTEMPTS = 8;
  private static final int DEADLOCK = 1213;
  private static final int LOCK_WAIT_TIMEOUT = 1205;

  /** Statements that belong together. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private final AgroalDataSource dataSource;
  private final TransactionSynchronizationRegistry registry;
  private final RandomGenerator random;

  @Inject
  Transactions(
      AgroalDataSource dataSource,
      TransactionSynchronizationRegistry registry,
      RandomGenerator random) {
    this.dataSource = dataSource;
    this.registry = registry;
    this.random = random;
  }

  /** One reading statement: it needs no transaction and joins the caller's where there is one. */
  <T> T read(Work<T> work) {
    try (var connection = dataSource.getConnection()) {
      return work.run(connection);
    } catch (SQLException failed) {
      throw new StoreFailure(failed);
    }
  }

  /**
   * One writing statement that is a transaction by itself; there must be no other. Given up by the
   * database for another's sake, it is tried again.
   */
  <T> T alone(Work<T> work) {
    return again(() -> read(work));
  }

  <T> T write(Work<T> work) {
    return registry.getTransactionStatus() == Status.STATUS_NO_TRANSACTION
        ? own(work)
        : joined(work);
  }

  /** After a failed statement the caller's transaction may be half of what it was: no commit. */
  private <T> T joined(Work<T> work) {
    try {
      return read(work);
    } catch (StoreProblem turnedDownBeforeAnyChange) {
      throw turnedDownBeforeAnyChange;
    } catch (RuntimeException failed) {
      registry.setRollbackOnly();
      throw failed;
    }
  }

  /** Runs it when the running transaction has committed; not at all when it has not. */
  void onCommit(Runnable action) {
    registry.registerInterposedSynchronization(new OnCommit(action));
  }

  private record OnCommit(Runnable action) implements Synchronization {
    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        action.run();
      }
    }
  }

  private <T> T own(Work<T> work) {
    return again(() -> QuarkusTransaction.requiringNew().call(() -> read(work)));
  }

  private <T> T again(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (StoreProblem problem) {
        throw problem;
      } catch (RuntimeException failed) {
        if (attempt == ATTEMPTS || !wasGivenUp(failed)) {
          throw failed;
        }
        LOG.debugf("attempt %d was given up by the database, again", attempt);
        pause(attempt);
      }
    }
  }

  private static boolean wasGivenUp(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && (sql.getErrorCode() == DEADLOCK || sql.getErrorCode() == LOCK_WAIT_TIMEOUT)) {
        return true;
      }
    }
    return false;
  }

  private void pause(int attempt) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1, 10 << attempt)));
  }
}
