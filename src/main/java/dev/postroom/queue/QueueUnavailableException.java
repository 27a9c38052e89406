package dev.postroom.queue;

import java.sql.SQLException;

/** The database did not do it; nothing was changed. Trying again may help. */
public final class QueueUnavailableException extends RuntimeException {
  public QueueUnavailableException(String message, SQLException cause) {
    super(message, cause);
  }
}
