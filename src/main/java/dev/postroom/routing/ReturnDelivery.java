package dev.postroom.routing;

import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.queue.Outbox;
import dev.postroom.queue.Returns;
import dev.postroom.store.MailStore;
import dev.postroom.store.NewMessage;
import dev.postroom.trace.Told;
import dev.postroom.trace.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Takes reports to senders, here or elsewhere, always with the null reverse-path (RFC 5321 §4.5.5).
 * A report that cannot be delivered ends here: nobody is told of it but the log.
 */
@ApplicationScoped
class ReturnDelivery implements Returns {
  private static final Logger LOG = Logger.getLogger(ReturnDelivery.class);

  private final Blobs blobs;
  private final MailStore store;
  private final Outbox outbox;
  private final Relaying relaying;
  private final Expansions expansions;
  private final Chronicle chronicle;
  private final Trace trace;
  private final Event<Told> told;
  private final Clock clock;

  ReturnDelivery(
      Blobs blobs,
      MailStore store,
      Outbox outbox,
      Relaying relaying,
      Expansions expansions,
      Chronicle chronicle,
      Trace trace,
      Event<Told> told,
      Clock clock) {
    this.blobs = blobs;
    this.store = store;
    this.outbox = outbox;
    this.relaying = relaying;
    this.expansions = expansions;
    this.chronicle = chronicle;
    this.trace = trace;
    this.told = told;
    this.clock = clock;
  }

  @Override
  public void returnToSender(TraceId id, MailAddress sender, BlobId report, long size) {
    var found = expansions.of(sender, GroupAccess.of(null));
    found.deadEnds().forEach(end -> LOG.infof("no report to %s: %s", sender, end.why()));
    if (found.destinations().isEmpty()) {
      return;
    }
    var recipient = new Verdict.Taken(sender, found.destinations(), List.of());
    var all = Distribution.of(List.of(recipient), Set.of());
    var content = read(report);
    var arrival =
        new Arrival(
            trace.begin(id), ReversePath.NULL, List.of(recipient), content, null, MailOptions.NONE);
    var relays = relaying.outgoing(arrival, all.relays().values());
    outbox.enqueue(relays);
    chronicle.expect(arrival, relays);
    chronicle.taken(arrival, deliver(all, content, sender), List.of());
    told.fire(new Told(arrival.story()));
  }

  private Content read(BlobId report) {
    try {
      return Content.of(report, blobs);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Gives the mailboxes that were full. */
  private Set<Long> deliver(Distribution all, Content content, MailAddress sender) {
    if (all.mailboxes().isEmpty()) {
      return Set.of();
    }
    var message = new NewMessage(content.blob(), content.scanned(), Set.of(), clock.instant());
    var full = store.deliver(all.mailboxes().keySet(), message);
    if (!full.isEmpty()) {
      LOG.infof("no report to %s: the mailbox is full", sender);
    }
    return full;
  }
}
