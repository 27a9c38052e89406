package dev.postroom.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Decides who has guessed enough. A name that is under attack stays open to the addresses from
 * which it signed in well before, so that strangers cannot lock its owner out. Each node counts for
 * itself.
 */
@ApplicationScoped
class LoginThrottle {
  private static final int IPV6_NETWORK_OCTETS = 8;

  private final FailureWindow byAddress;
  private final FailureWindow byName;
  private final FailureWindow byBoth;
  private final Cache<String, Boolean> knownPlaces;

  LoginThrottle(AuthConfig config, Clock clock) {
    var limits = config.throttle();
    byAddress = new FailureWindow(limits.addressFailures(), limits.window(), limits.size(), clock);
    byName = new FailureWindow(limits.nameFailures(), limits.window(), limits.size(), clock);
    byBoth =
        new FailureWindow(limits.nameFailuresFromAddress(), limits.window(), limits.size(), clock);
    knownPlaces =
        Caffeine.newBuilder()
            .maximumSize(limits.size())
            .expireAfterWrite(limits.rememberAddress())
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /** How long this one must wait; empty when it may try now. */
  Optional<Duration> pause(String name, InetAddress from) {
    var network = network(from);
    var both = both(name, network);
    if (knownPlaces.getIfPresent(both) != null) {
      return byBoth.pause(both);
    }
    return byAddress.pause(network).or(() -> byBoth.pause(both)).or(() -> byName.pause(name));
  }

  void failed(String name, InetAddress from) {
    var network = network(from);
    byAddress.failed(network);
    byName.failed(name);
    byBoth.failed(both(name, network));
  }

  /** The address's other failures still count: an attacker may have a mailbox here, too. */
  void succeeded(String name, InetAddress from) {
    var both = both(name, network(from));
    knownPlaces.put(both, true);
    byBoth.forget(both);
  }

  private static String both(String name, String network) {
    return network + " " + name;
  }

  /** One customer of a provider has at least a /64 of IPv6. */
  private static String network(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(address.getAddress(), 0, IPV6_NETWORK_OCTETS)
        : address.getHostAddress();
  }
}
