package dev.postroom.net;

import java.io.IOException;

/**
 * This server is stopping: thrown where a conversation would wait for more input. A goodbye can
 * still be written and flushed.
 */
public final class ShutdownException extends IOException {
  public ShutdownException() {
    super("the server is stopping");
  }
}
