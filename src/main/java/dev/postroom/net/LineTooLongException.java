package dev.postroom.net;

import java.io.IOException;

/** A line was longer than its limit; the conversation can go on. */
public final class LineTooLongException extends IOException {
  public LineTooLongException(String message) {
    super(message);
  }
}
