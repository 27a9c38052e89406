package dev.postroom.routing;

import dev.postroom.directory.Recipients;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.queue.Outgoing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes queue entries of what goes to other servers. */
@ApplicationScoped
class Relaying {
  private final Recipients directory;
  private final Srs srs;

  Relaying(Recipients directory, Srs srs) {
    this.directory = directory;
    this.srs = srs;
  }

  List<Outgoing> outgoing(Arrival arrival, Collection<Distribution.Leg> legs) {
    return legs.stream().map(leg -> outgoing(arrival, leg)).toList();
  }

  private Outgoing outgoing(Arrival arrival, Distribution.Leg leg) {
    var relay = leg.to();
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
        via == null && sender != null ? Long.valueOf(sender.accountId()) : owner(via),
        arrival.options(),
        leg.options());
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

  /** Null when the forwarder's domain was removed meanwhile, or is the server's own name. */
  private @Nullable Long owner(@Nullable MailAddress via) {
    return via == null ? null : directory.accountOf(via.domain()).orElse(null);
  }
}
