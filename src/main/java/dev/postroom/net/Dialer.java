package dev.postroom.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Connects to other servers. */
public interface Dialer {
  /**
   * @throws IOException when nobody answers there within {@code timeout}
   */
  Wire connect(InetSocketAddress address, Duration timeout) throws IOException;
}
