package dev.postroom.routing;

import java.sql.SQLException;

/** The database does not answer as it should; trying again later may help. */
final class RoutingFailure extends RuntimeException {
  RoutingFailure(String message, SQLException cause) {
    super(message, cause);
  }
}
