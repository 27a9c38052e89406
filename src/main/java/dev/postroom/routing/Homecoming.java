package dev.postroom.routing;

import dev.postroom.blob.Blobs;
import dev.postroom.directory.Recipients;
import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.outbound.Attempt;
import dev.postroom.outbound.Delivery;
import dev.postroom.outbound.Shipment;
import dev.postroom.queue.HomeDelivery;
import dev.postroom.trace.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes messages out of the queue to users here, the way they would have gone at first. Recipients
 * are looked up now: much may have changed while a message was held.
 */
@ApplicationScoped
class Homecoming implements HomeDelivery {
  private static final Logger LOG = Logger.getLogger(Homecoming.class);
  private static final String HERE = "";
  private static final EnhancedStatus FULL = new EnhancedStatus(4, 2, 2);
  private static final EnhancedStatus TROUBLE = new EnhancedStatus(4, 3, 0);

  private final Recipients directory;
  private final Router router;
  private final Intake intake;
  private final Blobs blobs;
  private final Trace trace;

  Homecoming(Recipients directory, Router router, Intake intake, Blobs blobs, Trace trace) {
    this.directory = directory;
    this.router = router;
    this.intake = intake;
    this.blobs = blobs;
    this.trace = trace;
  }

  @Override
  public Optional<Delivery> deliver(Shipment shipment) {
    try {
      return isForUsHere(shipment) ? Optional.of(bringHome(shipment)) : Optional.empty();
    } catch (IOException | RuntimeException trouble) {
      LOG.error("a queued message could not be delivered here", trouble);
      Attempt later = new Attempt.Deferred(HERE, TROUBLE, "something went wrong here");
      return Optional.of(
          new Delivery(Collections.nCopies(shipment.recipients().size(), later), false));
    }
  }

  /** What a forwarder of ours sends on carries its mark, which only other servers write. */
  private boolean isForUsHere(Shipment shipment) {
    return shipment.extraHeader().isEmpty() && directory.isLocal(shipment.domain());
  }

  private Delivery bringHome(Shipment shipment) throws IOException {
    var attempts = new LinkedHashMap<MailAddress, Attempt>();
    var taken = new LinkedHashMap<MailAddress, Verdict.Taken>();
    for (var recipient : shipment.recipients()) {
      switch (router.released(recipient, shipment.reversePath(), shipment.size())) {
        case Verdict.Taken found -> taken.put(recipient, found.with(options(shipment, recipient)));
        case Verdict.Full _ -> attempts.put(recipient, full());
        case Verdict.Refused(var end) -> attempts.put(recipient, refused(end));
        case Verdict.RelayDenied _ -> throw new IllegalStateException("anybody may go anywhere");
      }
    }
    if (!taken.isEmpty()) {
      var arrival = arrival(shipment, taken.values());
      var attempt = attempt(intake.take(arrival));
      trace.record(arrival.story());
      taken.keySet().forEach(recipient -> attempts.put(recipient, attempt));
    }
    return new Delivery(
        shipment.recipients().stream()
            .map(recipient -> Objects.requireNonNull(attempts.get(recipient)))
            .toList(),
        false);
  }

  private static RecipientOptions options(Shipment shipment, MailAddress recipient) {
    return shipment.recipientOptions().getOrDefault(recipient, RecipientOptions.NONE);
  }

  private Arrival arrival(Shipment shipment, Collection<Verdict.Taken> recipients)
      throws IOException {
    return new Arrival(
        trace.begin(shipment.trace()),
        shipment.reversePath(),
        List.copyOf(recipients),
        Content.of(shipment.content(), blobs),
        null,
        shipment.options());
  }

  private static Attempt attempt(Outcome outcome) {
    return switch (outcome) {
      // whoever wants to hear of it has been told, or is told by the queue entry it became
      case Outcome.Taken _ -> new Attempt.Delivered(HERE, "delivered here", "none", true);
      case Outcome.Full _ -> full();
      case Outcome.Outdated _ -> new Attempt.Deferred(HERE, TROUBLE, "a recipient has changed");
      case Outcome.Refused(var end) -> refused(end);
      case Outcome.TooManyHops(var hops) ->
          new Attempt.Refused(HERE, DeadEnd.LOOP, "it has been through " + hops + " servers");
    };
  }

  private static Attempt refused(DeadEnd end) {
    return end.status().isPermanentFailure()
        ? new Attempt.Refused(HERE, end.status(), end.why())
        : new Attempt.Deferred(HERE, end.status(), end.why());
  }

  private static Attempt full() {
    return new Attempt.Deferred(HERE, FULL, "the mailbox is full");
  }
}
