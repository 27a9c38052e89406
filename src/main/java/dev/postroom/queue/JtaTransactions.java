package dev.postroom.queue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Transactions of the application, in which other packages can join. */
@ApplicationScoped
class JtaTransactions implements Transactions {
  private static final int ATTEMPTS = 5;
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final int DEADLOCK = 1213;

  private final AgroalDataSource database;

  JtaTransactions(AgroalDataSource database) {
    this.database = database;
  }

  @Override
  public <T> T run(Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return QuarkusTransaction.requiringNew().call(() -> once(work));
      } catch (RuntimeException failed) {
        var cause = sqlCause(failed);
        if (cause == null) {
          throw failed;
        }
        if (attempt == ATTEMPTS || !mayBeRepeated(cause)) {
          throw new QueueUnavailableException("the database did not do it", cause);
        }
      }
    }
  }

  private <T> T once(Work<T> work) throws SQLException {
    try (var connection = database.getConnection()) {
      return work.on(connection);
    }
  }

  private static boolean mayBeRepeated(SQLException cause) {
    return cause.getErrorCode() == DEADLOCK || cause.getErrorCode() == LOCK_WAIT_TIMEOUT;
  }

  private static @Nullable SQLException sqlCause(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
