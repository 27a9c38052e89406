package dev.postroom.net;

import java.io.IOException;

/** The other side was silent, or did not take output, for the idle time. */
public final class WireTimeoutException extends IOException {
  public WireTimeoutException(String message) {
    super(message);
  }
}
