package dev.postroom.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Connects to other servers. */
public interface Dialer {
  /**
   * @throws IOException when nobody answers there within {@code timeout}
   */
  default Wire connect(InetSocketAddress address, Duration timeout) throws IOException {
    return connect(address, Optional.empty(), timeout);
  }

  /**
   * @param source the own address to connect from; empty for the system's choice
   */
  Wire connect(InetSocketAddress address, Optional<InetAddress> source, Duration timeout)
      throws IOException;
}
