package dev.postroom.egress;

import java.sql.SQLException;

/** The database did not answer. */
public final class EgressUnavailableException extends RuntimeException {
  EgressUnavailableException(SQLException cause) {
    super("the database does not say by which way mail leaves", cause);
  }
}
