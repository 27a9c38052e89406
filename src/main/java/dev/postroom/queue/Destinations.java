package dev.postroom.queue;

import dev.postroom.mail.DomainName;
import dev.postroom.outbound.Sites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Which destinations are one, and how each is treated. */
final class Destinations {
  private final Sites sites;
  private final QueueConfig config;
  private final Duration restWhenDown;

  Destinations(Sites sites, QueueConfig config) {
    this.sites = sites;
    this.config = config;
    // a longer rest would swallow the attempt after the first pause
    var half = config.retryPauses().getFirst().dividedBy(2);
    var rest = config.restAfterFailure();
    this.restWhenDown = half.compareTo(rest) < 0 ? half : rest;
  }

  /** Looks in the DNS, as a rule in what it remembers. */
  Trade.Route route(String destination) {
    var route = Reroute.route(destination);
    var hosts = route.isEmpty() ? sites.hosts(DomainName.of(destination)) : List.of(route);
    var names = new ArrayList<String>();
    names.add(destination);
    names.addAll(hosts);
    var configured = configured(names);
    if (configured.isPresent()) {
      var limits = configured.get().getValue();
      return new Trade.Route(
          "as configured: " + configured.get().getKey(),
          terms(limits.workers(), limits.messagesPerMinute()));
    }
    var site = hosts.isEmpty() ? destination : String.join(" ", hosts);
    return new Trade.Route(site, terms(OptionalInt.empty(), OptionalInt.empty()));
  }

  private Optional<Map.Entry<String, QueueConfig.Destination>> configured(List<String> names) {
    return config.destinations().entrySet().stream()
        .filter(entry -> names.stream().anyMatch(name -> isOrEndsWith(name, entry.getKey())))
        .max((one, other) -> one.getKey().length() - other.getKey().length());
  }

  private static boolean isOrEndsWith(String name, String configured) {
    return name.equals(configured) || name.endsWith("." + configured);
  }

  private Terms terms(OptionalInt workers, OptionalInt perMinute) {
    return new Terms(
        config.firstWorkersPerDestination(),
        workers.orElse(config.workersPerDestination()),
        perMinute,
        restWhenDown);
  }
}
