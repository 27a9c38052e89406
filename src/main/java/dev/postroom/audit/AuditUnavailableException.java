package dev.postroom.audit;

import java.sql.SQLException;

/** The entry could not be written or read; what should have been written down is not done. */
public final class AuditUnavailableException extends RuntimeException {
  AuditUnavailableException(SQLException cause) {
    super("the audit log does not answer", cause);
  }
}
