package dev.postroom.bulk;

import dev.postroom.directory.Transactions;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs statements in a transaction: the caller's, or one of their own. */
@ApplicationScoped
class BulkStatements {
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private final Transactions transactions;
  private final AgroalDataSource database;

  BulkStatements(Transactions transactions, AgroalDataSource database) {
    this.transactions = transactions;
    this.database = database;
  }

  <T> T call(Work<T> work) {
    return transactions.call(
        () -> {
          try (var connection = database.getConnection()) {
            return work.on(connection);
          } catch (SQLException failed) {
            throw new BulkUnavailableException(failed);
          }
        });
  }
}
