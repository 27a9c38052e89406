package dev.postroom.outbound;

import java.net.InetSocketAddress;

/**
 * A server at one of its addresses.
 *
 * @param name what the DNS or the configuration calls it
 * @param origin how it was found
 * @param demand what a connection must be
 * @param way whose mail it is talked to for: connections are not shared between ways
 */
record RemoteHost(
    String name, InetSocketAddress address, Origin origin, TlsDemand demand, Way way) {
  /** Who says that it takes the mail. */
  enum Origin {
    /** The DNS, unsigned somewhere on the way. */
    DNS,
    /** The DNS, with signatures all the way to its addresses (RFC 7672 §2.2.1). */
    SIGNED_DNS,
    /** A configured route. */
    ROUTE,
    /** The relay host, configured or the sender's. */
    RELAY
  }

  RemoteHost(String name, InetSocketAddress address, Origin origin) {
    this(name, address, origin, TlsDemand.AS_CONFIGURED, Way.CONFIGURED);
  }

  boolean isRelay() {
    return origin == Origin.RELAY;
  }

  boolean isConfigured() {
    return origin == Origin.ROUTE || origin == Origin.RELAY;
  }

  boolean isAuthenticated() {
    return origin == Origin.SIGNED_DNS;
  }

  RemoteHost with(TlsDemand other) {
    return new RemoteHost(name, address, origin, other, way);
  }

  RemoteHost by(Way other) {
    return new RemoteHost(name, address, origin, demand, other);
  }

  /** For logs and reports: {@code mx.example.net [192.0.2.1]:25}. */
  @Override
  public String toString() {
    return name + " [" + address.getAddress().getHostAddress() + "]:" + address.getPort();
  }
}
