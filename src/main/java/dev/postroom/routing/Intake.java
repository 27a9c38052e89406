package dev.postroom.routing;

import dev.postroom.blob.Blobs;
import dev.postroom.mail.MailAddress;
import dev.postroom.queue.Bounces;
import dev.postroom.queue.Outbox;
import dev.postroom.queue.Outgoing;
import dev.postroom.store.MailStore;
import dev.postroom.store.NewMessage;
import dev.postroom.store.StoreProblem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Takes a message that is here to everywhere it goes, in one transaction: all of it is durable, or
 * none of it.
 */
@ApplicationScoped
public class Intake {
  /** RFC 5321 §6.3: a large limit, at least 100 Received fields. */
  public static final int MAX_HOPS = 100;

  private final Blobs blobs;
  private final MailStore store;
  private final Outbox outbox;
  private final Bounces bounces;
  private final Relaying relaying;
  private final SendingCounts counts;
  private final Clock clock;

  public Intake(
      Blobs blobs,
      MailStore store,
      Outbox outbox,
      Bounces bounces,
      Relaying relaying,
      SendingCounts counts,
      Clock clock) {
    this.blobs = blobs;
    this.store = store;
    this.outbox = outbox;
    this.bounces = bounces;
    this.relaying = relaying;
    this.counts = counts;
    this.clock = clock;
  }

  /** Where the octets of a message go first. */
  public ContentWriter write() throws IOException {
    return new ContentWriter(blobs.write());
  }

  /** Blocks until everything is durable. */
  public Outcome take(Arrival arrival) {
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
    try {
      return Retry.onDeadlock(
          () -> QuarkusTransaction.requiringNew().call(() -> take(arrival, all, message, relays)));
    } catch (StoreProblem gone) {
      return new Outcome.Outdated();
    }
  }

  /** The transaction. */
  private Outcome take(
      Arrival arrival, Distribution all, NewMessage message, List<Outgoing> relays) {
    var full = deliver(all.mailboxes().keySet(), message);
    int delivered = all.mailboxes().size() - full.size();
    if (delivered == 0 && relays.isEmpty()) {
      return new Outcome.Full(); // nothing was written: the commit is empty
    }
    outbox.enqueue(relays);
    var failures = failures(all, full);
    if (!failures.isEmpty()) {
      bounces.send(arrival.trace(), arrival.reversePath(), arrival.content().blob(), failures);
    }
    if (arrival.sender() != null) {
      counts.add(arrival.sender());
    }
    return new Outcome.Taken(delivered, relays.size(), failures.size());
  }

  private Set<Long> deliver(Collection<Long> mailboxIds, NewMessage message) {
    return mailboxIds.isEmpty() ? Set.of() : store.deliver(mailboxIds, message);
  }

  private static List<Bounces.Failure> failures(Distribution all, Set<Long> full) {
    var found = new ArrayList<>(all.deadEnds());
    all.mailboxes()
        .forEach(
            (id, recipient) -> {
              if (full.contains(id)) {
                found.add(fullMailbox(recipient));
              }
            });
    return found.stream()
        .distinct()
        .map(end -> new Bounces.Failure(end.recipient(), end.status(), end.why()))
        .toList();
  }

  private static DeadEnd fullMailbox(MailAddress recipient) {
    return new DeadEnd(recipient, DeadEnd.MAILBOX_FULL, "the mailbox is full");
  }
}
