package dev.postroom.cli;

/** The server did not do it, or was not reached. */
final class ApiFailure extends RuntimeException {
  private final int exitCode;

  ApiFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
