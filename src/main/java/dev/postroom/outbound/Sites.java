package dev.postroom.outbound;

import dev.postroom.dns.Answer;
import dev.postroom.dns.MxRecord;
import dev.postroom.dns.Resolver;
import dev.postroom.mail.DomainName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** Tells which domains have the same mail servers. */
@ApplicationScoped
public class Sites {
  private final Resolver resolver;
  private final Routes routes;

  Sites(Resolver resolver, Routes routes) {
    this.resolver = resolver;
    this.routes = routes;
  }

  /**
   * The names of the servers that take mail for the domain, sorted: the same for domains with the
   * same servers. Empty when it is not known that there are any.
   */
  public List<String> hosts(DomainName domain) {
    var route = routes.of(domain, Way.CONFIGURED);
    if (route.isPresent()) {
      return route.get() instanceof Hosts.Found(var hosts)
          ? hosts.stream().map(RemoteHost::toString).sorted().distinct().toList()
          : List.of();
    }
    if (domain.isAddressLiteral()) {
      return List.of();
    }
    return resolver.mx(domain.ascii()) instanceof Answer.Found<MxRecord>(var records, _)
        ? records.stream()
            .map(mx -> mx.exchange().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .sorted()
            .distinct()
            .toList()
        : List.of();
  }
}
