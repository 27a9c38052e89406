package dev.postroom.smtp;

import dev.postroom.mail.TraceId;
import dev.postroom.smtp.syntax.SmtpReply;
import java.io.IOException;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Failures on our side, as the client hears of them: always 4xx, never what happened. */
final class Trouble {
  private static final Logger LOG = Logger.getLogger(Trouble.class);

  private Trouble() {}

  /**
   * @param id what client and log have in common when it is a bug
   */
  static SmtpReply reply(Exception failure, TraceId id) {
    if (isCausedBy(failure, SQLException.class)) {
      LOG.warnf("database: %s", rootMessage(failure));
      return SmtpReply.of(451, "4.3.0", "the database does not answer; try again later");
    }
    if (isCausedBy(failure, IOException.class)) {
      LOG.errorf("storage: %s", rootMessage(failure));
      return SmtpReply.of(452, "4.3.1", "no storage at present; try again later");
    }
    LOG.errorf(failure, "bug %s", id);
    return SmtpReply.of(451, "4.3.0", "something went wrong here (" + id + "); try again later");
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Exception> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }
}
