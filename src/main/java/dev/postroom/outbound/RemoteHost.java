package dev.postroom.outbound;

import java.net.InetSocketAddress;

/**
 * A server at one of its addresses.
 *
 * @param name what the DNS or the configuration calls it
 */
record RemoteHost(String name, InetSocketAddress address, boolean isRelay) {
  /** For logs and reports: {@code mx.example.net [192.0.2.1]:25}. */
  @Override
  public String toString() {
    return name + " [" + address.getAddress().getHostAddress() + "]:" + address.getPort();
  }
}
