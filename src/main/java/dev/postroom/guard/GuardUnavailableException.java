package dev.postroom.guard;

import java.sql.SQLException;

/** The database does not answer as it should; trying again later may help. */
public final class GuardUnavailableException extends RuntimeException {
  GuardUnavailableException(SQLException cause) {
    super("the database does not answer", cause);
  }
}
