package dev.postroom.store;

import java.sql.SQLException;

/** The database failed; nothing of what was asked has happened. */
public final class StoreFailure extends RuntimeException {
  StoreFailure(SQLException cause) {
    super(cause.getMessage(), cause);
  }
}
