package dev.postroom.outbound;

/** It cannot be said now by which way a sender's mail leaves: it has to wait. */
public final class WayUnknownException extends RuntimeException {
  public WayUnknownException(String why, Throwable cause) {
    super(why, cause);
  }

  public WayUnknownException(String why) {
    super(why);
  }
}
