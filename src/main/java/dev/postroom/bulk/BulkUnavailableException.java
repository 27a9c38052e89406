package dev.postroom.bulk;

import java.sql.SQLException;

/** The database does not answer as it should; trying again later may help. */
public final class BulkUnavailableException extends RuntimeException {
  BulkUnavailableException(SQLException cause) {
    super("the database does not answer", cause);
  }
}
