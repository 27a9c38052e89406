package dev.postroom.sending;

import java.sql.SQLException;

/** The database does not answer as it should; trying again later may help. */
public final class SendingUnavailableException extends RuntimeException {
  SendingUnavailableException(SQLException cause) {
    super("the database does not answer", cause);
  }
}
