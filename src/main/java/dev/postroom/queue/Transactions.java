package dev.postroom.queue;

import java.sql.Connection;
import java.sql.SQLException;

/** Does work on the database, all of it or nothing. */
interface Transactions {
  /** Work inside a transaction. It may be called again after a deadlock. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * @throws QueueUnavailableException when the database did not do it
   */
  <T> T run(Work<T> work);
}
