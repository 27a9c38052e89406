package dev.postroom.routing;

import dev.postroom.queue.Outbox;
import dev.postroom.queue.ReportedMessage;
import dev.postroom.queue.Reports;
import dev.postroom.store.MailStore;
import dev.postroom.store.StoreProblem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** The transaction that takes messages into mailboxes and queue. */
@ApplicationScoped
class Transfer {
  private static final Logger LOG = Logger.getLogger(Transfer.class);

  /** How long all of a round wait for a mailbox that somebody else changes. */
  private static final Duration BRIEFLY = Duration.ofSeconds(1);

  /** How long a message waits that keeps nobody else waiting. */
  private static final Duration PATIENTLY = Duration.ofSeconds(20);

  /** Each takes a connection to the database, of which others need some, too. */
  private static final int APART_AT_A_TIME = 8;

  private final MailStore store;
  private final Outbox outbox;
  private final Reports reports;
  private final Semaphore apart = new Semaphore(APART_AT_A_TIME);

  Transfer(MailStore store, Outbox outbox, Reports reports) {
    this.store = store;
    this.outbox = outbox;
    this.reports = reports;
  }

  /**
   * In one transaction. Leaves the outcome in each of them, or nothing when one of them is why it
   * failed: a mailbox that is gone or locked for long, a deadlock, a value the database does not
   * take. Then nothing of them was written, and each is to go {@link #apart}.
   */
  void together(List<Consignment> round) {
    var outcomes = new ArrayList<Outcome>();
    try {
      QuarkusTransaction.requiringNew().run(() -> outcomes.addAll(write(round, BRIEFLY)));
      for (int i = 0; i < round.size(); i++) {
        round.get(i).ended(outcomes.get(i));
      }
    } catch (RuntimeException failed) {
      boolean mayBeCommitted = !outcomes.isEmpty();
      if (mayBeCommitted) {
        round.forEach(consignment -> consignment.failed(failed));
      } else {
        LOG.debugf(failed, "%d messages go apart", round.size());
      }
    }
  }

  /** In a transaction of its own, on its own thread. */
  Outcome apart(Consignment consignment) {
    apart.acquireUninterruptibly();
    try {
      return Retry.onDeadlock(
          () ->
              QuarkusTransaction.requiringNew()
                  .call(() -> write(List.of(consignment), PATIENTLY).getFirst()));
    } catch (StoreProblem mailboxIsGone) {
      return new Outcome.Outdated();
    } finally {
      apart.release();
    }
  }

  private List<Outcome> write(List<Consignment> round, Duration patience) {
    var full = deliver(round, patience);
    outbox.enqueue(round.stream().flatMap(c -> c.relays().stream()).toList());
    return round.stream().map(c -> conclude(c, full.getOrDefault(c, Set.of()))).toList();
  }

  /** Gives the mailboxes that were too full. */
  private Map<Consignment, Set<Long>> deliver(List<Consignment> round, Duration patience) {
    var local = round.stream().filter(c -> !c.distribution().mailboxes().isEmpty()).toList();
    if (local.isEmpty()) {
      return Map.of();
    }
    var full =
        store.deliver(
            local.stream().map(c -> c.distribution().incoming(c.message())).toList(), patience);
    var byConsignment = new LinkedHashMap<Consignment, Set<Long>>();
    for (int i = 0; i < local.size(); i++) {
      byConsignment.put(local.get(i), full.get(i));
    }
    return byConsignment;
  }

  private Outcome conclude(Consignment consignment, Set<Long> full) {
    consignment.leftOut(full);
    var all = consignment.distribution();
    int delivered = all.mailboxes().size() - full.size();
    if (delivered == 0 && consignment.relays().isEmpty()) {
      return new Outcome.Full(); // nothing was written of it
    }
    var arrival = consignment.arrival();
    var reported = new Reported(arrival, all, full);
    reports.send(
        new ReportedMessage(
            arrival.trace(), arrival.reversePath(), arrival.content().blob(), arrival.options()),
        reported.outcomes());
    return new Outcome.Taken(
        delivered, consignment.relays().size(), reported.failures(), reported.toldByReply());
  }
}
