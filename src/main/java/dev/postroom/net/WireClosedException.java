package dev.postroom.net;

import java.io.IOException;

/** The other side is gone, or this side has shut down. */
public final class WireClosedException extends IOException {
  public WireClosedException(String message) {
    super(message);
  }
}
