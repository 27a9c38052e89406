package dev.postroom.routing;

import dev.postroom.blob.Blobs;
import dev.postroom.rounds.Rounds;
import dev.postroom.store.NewMessage;
import dev.postroom.trace.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;

/**
 * Takes a message that is here to everywhere it goes, in one transaction: all of it is durable, or
 * none of it. Messages that arrive while transactions run share the next one.
 */
@ApplicationScoped
public class Intake {
  /** RFC 5321 §6.3: a large limit, at least 100 Received fields. */
  public static final int MAX_HOPS = 100;

  private static final String REPORTS = "the domain's reports";

  private final Blobs blobs;
  private final Relaying relaying;
  private final Clock clock;
  private final Transfer transfer;
  private final Chronicle chronicle;
  private final ReportDesk desk;
  private final Rounds<Consignment> rounds;

  public Intake(
      Blobs blobs,
      Relaying relaying,
      Transfer transfer,
      Chronicle chronicle,
      ReportDesk desk,
      RoutingConfig config,
      Clock clock) {
    this.desk = desk;
    this.chronicle = chronicle;
    this.blobs = blobs;
    this.relaying = relaying;
    this.clock = clock;
    this.transfer = transfer;
    this.rounds =
        new Rounds<>(
            config.transactions(),
            config.copiesPerTransaction(),
            Consignment::weight,
            round -> transfer.together(round));
  }

  /** Where the octets of a message go first. */
  public ContentWriter write() throws IOException {
    return new ContentWriter(blobs.write());
  }

  /** Blocks until everything is durable. */
  public Outcome take(Arrival arrival) {
    chronicle.content(arrival);
    var others = filed(arrival);
    return others.recipients().isEmpty()
        ? new Outcome.Taken(0, 0, 0)
        : distribute(others.options().holdUntil() == null ? others : others.held());
  }

  /** What is for the desk is done with; the rest goes on. */
  private Arrival filed(Arrival arrival) {
    var forDesk =
        arrival.recipients().stream().filter(taken -> taken.destinations().isEmpty()).toList();
    for (var taken : forDesk) {
      desk.file(taken.recipient(), arrival.content());
      arrival.story().add(taken.recipient(), new Step.Delivered(REPORTS));
    }
    return forDesk.isEmpty() ? arrival : arrival.without(forDesk);
  }

  private Outcome distribute(Arrival arrival) {
    var scanned = arrival.content().scanned();
    var trace = TraceFields.of(scanned.header());
    if (trace.hops() > MAX_HOPS) {
      return new Outcome.TooManyHops(trace.hops());
    }
    var all = Distribution.of(arrival.recipients(), trace.deliveredTo());
    if (all.leadsNowhere()) {
      return new Outcome.Refused(all.deadEnds().getFirst());
    }
    var message = new NewMessage(arrival.content().blob(), scanned, Set.of(), clock.instant());
    var relays = relaying.outgoing(arrival, all.relays().values());
    var consignment = new Consignment(arrival, all, message, relays);
    return told(consignment);
  }

  private Outcome told(Consignment consignment) {
    var arrival = consignment.arrival();
    int length = arrival.story().length();
    chronicle.expect(arrival, consignment.relays());
    var outcome = outcome(consignment);
    if (outcome instanceof Outcome.Taken) {
      chronicle.taken(arrival, consignment.full(), consignment.distribution().deadEnds());
    } else {
      arrival.story().cutTo(length);
    }
    return outcome;
  }

  private Outcome outcome(Consignment consignment) {
    rounds.take(consignment);
    var arrival = consignment.arrival();
    var outcome = consignment.outcome().orElseGet(() -> transfer.apart(consignment));
    if (outcome instanceof Outcome.Taken && arrival.sender() != null) {
      arrival.sender().room().taken();
    }
    return outcome;
  }
}
