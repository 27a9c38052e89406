package dev.postroom.directory;

import java.sql.SQLException;

/** The database did not answer: a temporary failure for whoever asked. */
public final class DirectoryUnavailableException extends RuntimeException {
  public DirectoryUnavailableException(SQLException cause) {
    super("the directory cannot be read", cause);
  }
}
