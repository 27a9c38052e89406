package dev.postroom.api;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.mail.InvalidAddressException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Tells whose fault a failure is. */
final class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);
  private static final int RETRY_AFTER_SECONDS = 5;
  private static final String CONNECTION_EXCEPTION = "08"; // class of SQLSTATE

  private Failures() {}

  static Response answer(RuntimeException failed) {
    return switch (failed) {
      case DirectoryProblem problem -> Problem.of(problem).response();
      case InvalidAddressException invalid ->
          Problem.of(422, "invalid", String.valueOf(invalid.getMessage()), "").response();
      case WebApplicationException answered -> answered.getResponse();
      case RuntimeException other when isDatabaseAway(other) -> unavailable(other);
      case RuntimeException other -> internal(other);
    };
  }

  private static boolean isDatabaseAway(Throwable failed) {
    for (var cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && (sql.getSQLState() == null || sql.getSQLState().startsWith(CONNECTION_EXCEPTION))) {
        return true; // without a state: the pool had no connection to give
      }
    }
    return false;
  }

  private static Response unavailable(RuntimeException failed) {
    LOG.warnf("the database is away: %s", failed.getMessage());
    return Response.fromResponse(
            Problem.of(503, "unavailable", "Please try again in a moment.", "").response())
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        .build();
  }

  private static Response internal(RuntimeException failed) {
    var id = UUID.randomUUID();
    LOG.errorf(failed, "an API call failed (%s)", id);
    return Problem.of(
            500, "internal", "Something went wrong on our side; the log has it as " + id + ".", "")
        .response();
  }
}
