package dev.postroom.auth;

import java.sql.SQLException;

/** The database did not answer: a temporary failure, which says nothing about the password. */
public final class AuthUnavailableException extends RuntimeException {
  AuthUnavailableException(SQLException cause) {
    super("credentials cannot be read or written", cause);
  }
}
