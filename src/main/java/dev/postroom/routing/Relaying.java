package dev.postroom.routing;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Recipients;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.queue.Outgoing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes queue entries of what goes to other servers. */
@ApplicationScoped
class Relaying {
  private final Recipients directory;
  private final Domains domains;
  private final Srs srs;

  Relaying(Recipients directory, Domains domains, Srs srs) {
    this.directory = directory;
    this.domains = domains;
    this.srs = srs;
  }

  List<Outgoing> outgoing(Arrival arrival, Collection<Destination.Relay> relays) {
    var owners = new HashMap<DomainName, @Nullable Long>();
    return relays.stream().map(relay -> outgoing(arrival, relay, owners)).toList();
  }

  private Outgoing outgoing(
      Arrival arrival, Destination.Relay relay, Map<DomainName, @Nullable Long> owners) {
    var via = relay.via();
    var sender = arrival.sender();
    return new Outgoing(
        arrival.trace(),
        via == null ? arrival.reversePath() : forwardersPath(arrival, via),
        relay.address(),
        arrival.content().blob(),
        arrival.content().size(),
        via == null ? "" : "Delivered-To: " + via + "\r\n",
        arrival.content().eightBit(),
        via == null && sender != null ? Long.valueOf(sender.accountId()) : owner(via, owners));
  }

  /**
   * The null reverse-path stays what it is, and our own domains need no help with SPF; but they get
   * it only for whoever has logged in: to a stranger who names one of them SPF would say no.
   */
  private ReversePath forwardersPath(Arrival arrival, MailAddress via) {
    var original = arrival.reversePath();
    var author = original.address();
    return author == null || (arrival.sender() != null && directory.isLocal(author.domain()))
        ? original
        : ReversePath.of(srs.rewrite(author, via.domain()));
  }

  private @Nullable Long owner(@Nullable MailAddress via, Map<DomainName, @Nullable Long> owners) {
    if (via == null) {
      return null;
    }
    if (!owners.containsKey(via.domain())) {
      owners.put(via.domain(), owner(via.domain()));
    }
    return owners.get(via.domain());
  }

  private @Nullable Long owner(DomainName domain) {
    try {
      return domains.findByName(Viewer.SERVER, domain).accountId();
    } catch (DirectoryProblem gone) {
      return null; // removed meanwhile, or the server's own name
    }
  }
}
