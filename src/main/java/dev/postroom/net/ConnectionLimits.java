package dev.postroom.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections one port has, in all and for each client. A client is an IPv4 address or an
 * IPv6 network of 64 bits, which is what one customer of a provider gets.
 */
final class ConnectionLimits {
  /** What became of a new connection. */
  enum Verdict {
    ADMITTED,
    TOO_MANY,
    TOO_MANY_FROM_CLIENT
  }

  private record Client(boolean ipv6, long bits) {
    static Client of(InetAddress address) {
      var octets = ByteBuffer.wrap(address.getAddress());
      return address instanceof Inet6Address
          ? new Client(true, octets.getLong())
          : new Client(false, octets.getInt());
    }
  }

  private final int total;
  private final int perClient;
  private final AtomicInteger all = new AtomicInteger();
  private final ConcurrentMap<Client, Integer> clients = new ConcurrentHashMap<>();

  ConnectionLimits(int total, int perClient) {
    this.total = total;
    this.perClient = perClient;
  }

  /** Counts the connection in; what was admitted must {@link #leave}. */
  Verdict admit(InetAddress address) {
    if (all.incrementAndGet() > total) {
      all.decrementAndGet();
      return Verdict.TOO_MANY;
    }
    var client = Client.of(address);
    if (clients.merge(client, 1, Integer::sum) > perClient) {
      forget(client);
      all.decrementAndGet();
      return Verdict.TOO_MANY_FROM_CLIENT;
    }
    return Verdict.ADMITTED;
  }

  void leave(InetAddress address) {
    forget(Client.of(address));
    all.decrementAndGet();
  }

  private void forget(Client client) {
    clients.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
  }

  int connections() {
    return all.get();
  }

  /** How many clients are remembered: none when nobody is connected. */
  int clients() {
    return clients.size();
  }
}
