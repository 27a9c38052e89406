package dev.postroom.imap;

import dev.postroom.store.StoreProblem;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Whose fault a failure is, and what the client hears of it (RFC 5530). */
final class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);

  private Failures() {}

  static Completion of(StoreProblem problem) {
    var code =
        switch (problem.kind()) {
          case NONEXISTENT -> "NONEXISTENT";
          case ALREADYEXISTS -> "ALREADYEXISTS";
          case OVERQUOTA -> "OVERQUOTA";
          case LIMIT -> "LIMIT";
          case CANNOT -> "CANNOT";
          case NOPERM -> "NOPERM";
        };
    return Completion.no(code, String.valueOf(problem.getMessage()));
  }

  /** Anything that is not the client's fault. */
  static Completion of(Exception failure, String command, String id) {
    if (isDatabaseAway(failure)) {
      LOG.warnf("%s failed: %s", command, failure);
      return Completion.no("UNAVAILABLE", "the mailbox cannot be reached now, try again");
    }
    LOG.errorf(failure, "%s failed, id %s", command, id);
    return Completion.no("SERVERBUG", "this failed by our fault, the log knows it as " + id);
  }

  private static boolean isDatabaseAway(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException) {
        return true;
      }
    }
    return false;
  }
}
