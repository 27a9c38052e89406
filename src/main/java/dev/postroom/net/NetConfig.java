package dev.postroom.net;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Connections from outside, whatever their protocol. */
@ConfigMapping(prefix = "postroom.net")
public interface NetConfig {
  /**
   * The address that the mail ports listen on: {@code ::} for every address of this machine, IPv4
   * and IPv6.
   */
  @WithDefault("::")
  String host();

  /** How many event loops share the connections of one port; 0 means one for each processor. */
  @WithDefault("0")
  int eventLoops();

  /** How long a silent connection is kept, unless its protocol says otherwise. */
  @WithDefault("5m")
  Duration idleTimeout();

  /** How long a TLS handshake, or the header of the PROXY protocol, may take. */
  @WithDefault("30s")
  Duration handshakeTimeout();

  /** How long a connection that ends may take to deliver what was sent before it is cut. */
  @WithDefault("10s")
  Duration closeTimeout();

  /** How long conversations may take to finish what they are doing when the server stops. */
  @WithDefault("5s")
  Duration shutdownTimeout();

  /** How many connections one port accepts at the same time. */
  @WithDefault("10000")
  int connections();

  /**
   * How many connections one port accepts from one client at the same time: from one IPv4 address
   * or one IPv6 network of 64 bits.
   */
  @WithDefault("200")
  int connectionsPerClient();

  /**
   * Networks ({@code 192.0.2.0/24, 2001:db8::/32}) of load balancers that speak the PROXY protocol,
   * version 1 or 2. Connections from there must begin with its header, all others must not.
   */
  Optional<List<String>> proxyProtocolFrom();
}
