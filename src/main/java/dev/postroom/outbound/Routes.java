package dev.postroom.outbound;

import dev.postroom.dns.Answer;
import dev.postroom.dns.Resolver;
import dev.postroom.mail.DomainName;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the configuration sends mail without asking for MX records. */
@ApplicationScoped
class Routes {
  /** A configured {@code host:port}. */
  private record Target(String host, int port) {}

  private static final int DEFAULT_PORT = 25;

  private final Resolver resolver;
  private final OwnAddresses own;
  private final Map<DomainName, Target> byDomain;
  private final Optional<Target> relay;

  Routes(Resolver resolver, OwnAddresses own, OutboundConfig config) {
    this.resolver = resolver;
    this.own = own;
    this.byDomain =
        config.routes().entrySet().stream()
            .collect(
                Collectors.toMap(
                    route -> DomainName.of(route.getKey()),
                    route -> target(route.getValue(), config.port())));
    this.relay = config.relayHost().map(text -> target(text, config.port()));
  }

  /** Reads {@code host}, {@code host:port} or {@code [v6]:port}. */
  private static Target target(String text, int defaultPort) {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > 0 && (text.charAt(colon - 1) == ']' || text.indexOf(':') == colon);
    try {
      return hasPort
          ? new Target(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)))
          : new Target(text, defaultPort);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "postroom.outbound: '" + text + "' is not a host with an optional port", malformed);
    }
  }

  /** Empty when the DNS decides. The sender's relay host goes before the configured one. */
  Optional<Hosts> of(DomainName domain, Way way) {
    var route = byDomain.get(domain);
    if (route != null) {
      return Optional.of(hosts(route, false));
    }
    var named = way.relay();
    return named != null ? Optional.of(hosts(named)) : relay.map(target -> hosts(target, true));
  }

  private Hosts hosts(Way.Relay named) {
    var hosts = hosts(new Target(named.host(), named.port()), true);
    if (named.trusted() || !(hosts instanceof Hosts.Found(var found))) {
      return hosts;
    }
    var open = found.stream().filter(host -> isOpenToAll(host.address().getAddress())).toList();
    return open.isEmpty()
        ? Hosts.unknown(4, 4, "the relay host " + named.host() + " has no address on the Internet")
        : new Hosts.Found(open);
  }

  /** What a firewall keeps from the Internet is open to this machine at its public addresses. */
  private boolean isOpenToAll(InetAddress address) {
    return PublicAddress.is(address) && !own.isLocal(address);
  }

  /**
   * @param route {@code host:port}, as somebody named it for some messages
   */
  Hosts at(String route) {
    return hosts(target(route, DEFAULT_PORT), false);
  }

  private Hosts hosts(Target target, boolean isRelay) {
    var literal = Literals.address(target.host());
    if (literal.isPresent()) {
      return found(target, List.of(literal.get()), isRelay);
    }
    return switch (resolver.addresses(target.host())) {
      case Answer.Found<InetAddress>(var addresses, _) -> found(target, addresses, isRelay);
      case Answer.NoData<InetAddress> _, Answer.NoSuchName<InetAddress> _ ->
          knownToTheSystem(target, isRelay);
      case Answer.Trouble<InetAddress>(var why) ->
          Hosts.unknown(4, 3, "no address of " + target.host() + ": " + why);
    };
  }

  /** A configured host may stand in the machine's own table of hosts. */
  private static Hosts knownToTheSystem(Target target, boolean isRelay) {
    try {
      return found(target, Arrays.asList(InetAddress.getAllByName(target.host())), isRelay);
    } catch (UnknownHostException unknown) {
      // not the fault of the sender: the message waits until the setting is mended
      return Hosts.unknown(4, 4, "the configured host " + target.host() + " is not known");
    }
  }

  private static Hosts found(Target target, List<InetAddress> addresses, boolean isRelay) {
    return new Hosts.Found(
        addresses.stream()
            .map(
                a ->
                    new RemoteHost(
                        target.host(),
                        new InetSocketAddress(a, target.port()),
                        isRelay ? RemoteHost.Origin.RELAY : RemoteHost.Origin.ROUTE))
            .toList());
  }
}
