package dev.postroom.outbound;

import dev.postroom.dns.Answer;
import dev.postroom.dns.MxRecord;
import dev.postroom.dns.Resolver;
import dev.postroom.mail.DomainName;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Finds the hosts that take mail for a domain (RFC 5321 §5.1). */
@ApplicationScoped
class MxHosts {
  /** More exchangers than an honest domain has; the least preferred are left out. */
  private static final int MAX_EXCHANGERS = 20;

  private final Resolver resolver;
  private final Routes routes;
  private final OwnAddresses own;
  private final OutboundConfig config;
  private final Random random;

  MxHosts(
      Resolver resolver,
      Routes routes,
      OwnAddresses own,
      OutboundConfig config,
      RandomGenerator random) {
    this.resolver = resolver;
    this.routes = routes;
    this.own = own;
    this.config = config;
    this.random = Random.from(random);
  }

  /** The hosts that can be reached by that way. */
  Hosts of(DomainName domain, Way way) {
    return by(way, routes.of(domain, way).orElseGet(() -> byDns(domain)));
  }

  Hosts of(DomainName domain) {
    return of(domain, Way.CONFIGURED);
  }

  private Hosts by(Way way, Hosts hosts) {
    if (way.equals(Way.CONFIGURED) || !(hosts instanceof Hosts.Found(var found))) {
      return hosts;
    }
    var usable =
        found.stream()
            .filter(host -> way.reaches(host.address().getAddress()))
            .filter(host -> way.relay() == null || !own.isOwn(host.address()))
            .map(host -> host.by(way))
            .toList();
    return usable.isEmpty()
        ? Hosts.unknown(4, 4, "no mail server can be reached from the sender's own address")
        : new Hosts.Found(usable);
  }

  private Hosts byDns(DomainName domain) {
    if (domain.isAddressLiteral()) {
      return literal(domain);
    }
    return switch (resolver.mx(domain.ascii())) {
      case Answer.Found<MxRecord>(var records, var signed) -> exchangers(domain, records, signed);
      // RFC 5321 §5.1: without MX records the domain is its own exchanger
      case Answer.NoData<MxRecord> _ ->
          hosts(domain, List.of(new MxRecord(0, domain.ascii())), true);
      case Answer.NoSuchName<MxRecord> _ ->
          Hosts.nowhere(1, 2, "the domain " + domain + " does not exist");
      case Answer.Trouble<MxRecord>(var why) ->
          Hosts.unknown(4, 3, "the DNS does not say where mail for " + domain + " goes: " + why);
    };
  }

  /**
   * @param route {@code host:port}
   */
  Hosts at(String route) {
    return routes.at(route);
  }

  private Hosts literal(DomainName domain) {
    var address = Literals.address(domain.ascii());
    if (address.isEmpty()) {
      return Hosts.nowhere(1, 2, domain + " is not an address");
    }
    var host = host(domain.ascii(), address.get(), false);
    return own.isOwn(host.address()) ? loop(domain) : new Hosts.Found(List.of(host));
  }

  private Hosts exchangers(DomainName domain, List<MxRecord> records, boolean signed) {
    var named = records.stream().filter(mx -> !mx.exchange().isEmpty()).toList();
    if (named.isEmpty()) {
      // RFC 7505 §3: a null MX
      return Hosts.nowhere(1, 10, "the domain " + domain + " does not take mail (null MX)");
    }
    return hosts(domain, inOrder(named), signed);
  }

  /** RFC 5321 §5.1: by preference, equal ones at random to spread the load. */
  private List<MxRecord> inOrder(List<MxRecord> records) {
    var ordered = new ArrayList<>(records);
    Collections.shuffle(ordered, random);
    ordered.sort(Comparator.comparingInt(MxRecord::preference)); // keeps the order of equals
    return ordered.subList(0, Math.min(MAX_EXCHANGERS, ordered.size()));
  }

  /**
   * @param signed nothing but the addresses is left to be authenticated (RFC 7672 §2.2.1)
   */
  private Hosts hosts(DomainName domain, List<MxRecord> ordered, boolean signed) {
    var usable = new ArrayList<RemoteHost>();
    var troubles = new ArrayList<String>();
    for (var level : levels(ordered)) {
      var found = new ArrayList<RemoteHost>();
      for (var mx : level) {
        switch (resolver.addresses(mx.exchange())) {
          case Answer.Found<InetAddress>(var addresses, var alsoSigned) ->
              byFamily(addresses)
                  .forEach(
                      address -> found.add(host(mx.exchange(), address, signed && alsoSigned)));
          case Answer.Trouble<InetAddress>(var why) -> troubles.add(mx.exchange() + ": " + why);
          case Answer.NoData<InetAddress> _, Answer.NoSuchName<InetAddress> _ -> {}
        }
      }
      // RFC 5321 §5.1: this server in the list rules out all that are not preferred to it
      if (level.stream().anyMatch(mx -> own.isOwnName(mx.exchange()))
          || found.stream().anyMatch(host -> own.isOwn(host.address()))) {
        return usable.isEmpty() && troubles.isEmpty()
            ? loop(domain)
            : found(domain, usable, troubles);
      }
      usable.addAll(found);
    }
    return found(domain, usable, troubles);
  }

  private static List<List<MxRecord>> levels(List<MxRecord> ordered) {
    var levels = new ArrayList<List<MxRecord>>();
    int preference = -1;
    for (var mx : ordered) {
      if (mx.preference() != preference) {
        levels.add(new ArrayList<>());
        preference = mx.preference();
      }
      levels.getLast().add(mx);
    }
    return levels;
  }

  private static Hosts found(DomainName domain, List<RemoteHost> usable, List<String> troubles) {
    if (!usable.isEmpty()) {
      return new Hosts.Found(List.copyOf(usable));
    }
    if (!troubles.isEmpty()) {
      return Hosts.unknown(
          4, 3, "no address of a mail server for " + domain + ": " + String.join("; ", troubles));
    }
    return Hosts.nowhere(4, 4, "no mail server of " + domain + " has an address");
  }

  private static Hosts loop(DomainName domain) {
    return Hosts.nowhere(
        4, 6, "mail for " + domain + " comes back to this server, which does not take it");
  }

  private List<InetAddress> byFamily(List<InetAddress> addresses) {
    var ordered = new ArrayList<>(addresses);
    Collections.shuffle(ordered, random);
    ordered.sort(
        Comparator.comparing(
            (InetAddress address) -> address instanceof Inet6Address != config.preferIpv6()));
    return ordered;
  }

  private RemoteHost host(String name, InetAddress address, boolean signed) {
    return new RemoteHost(
        name,
        new InetSocketAddress(address, config.port()),
        signed ? RemoteHost.Origin.SIGNED_DNS : RemoteHost.Origin.DNS);
  }
}
