package dev.postroom.sts;

/**
 * The database could not be asked. Whether the domain has a policy is not known, so its mail waits.
 */
public final class StoreUnavailableException extends RuntimeException {
  StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
