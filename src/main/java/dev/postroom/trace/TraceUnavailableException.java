package dev.postroom.trace;

/** The database did not answer. */
public final class TraceUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TraceUnavailableException(Throwable cause) {
    super("the trace cannot be read", cause);
  }
}
