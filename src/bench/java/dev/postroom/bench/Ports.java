package dev.postroom.bench;

import java.io.IOException;
import java.net.Socket;

/** Whether somebody listens. */
final class Ports {
  private Ports() {}

  static boolean isOpen(int port) {
    try (var _ = new Socket("127.0.0.1", port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
