package dev.postroom.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;

/**
 * Finds the narrowest network that an address is in: one look for each length in use. Any thread.
 */
final class NetworkTable<V> {
  private final ConcurrentMap<Network, V> values = new ConcurrentHashMap<>();
  private final NavigableSet<Integer> lengths4 =
      new ConcurrentSkipListSet<>(Comparator.reverseOrder());
  private final NavigableSet<Integer> lengths6 =
      new ConcurrentSkipListSet<>(Comparator.reverseOrder());

  Optional<V> find(InetAddress address, Predicate<V> which) {
    for (int bits : address instanceof Inet6Address ? lengths6 : lengths4) {
      var value = values.get(Network.of(address, bits));
      if (value != null && which.test(value)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  void put(Network network, V value) {
    values.put(network, value);
    (network.ipv6() ? lengths6 : lengths4).add(network.bits());
  }

  Optional<V> get(Network network) {
    return Optional.ofNullable(values.get(network));
  }

  int size() {
    return values.size();
  }
}
