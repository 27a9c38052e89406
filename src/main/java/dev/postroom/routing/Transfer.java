package dev.postroom.routing;

import dev.postroom.mail.MailAddress;
import dev.postroom.queue.Bounces;
import dev.postroom.queue.Outbox;
import dev.postroom.store.Incoming;
import dev.postroom.store.MailStore;
import dev.postroom.store.StoreProblem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The transaction that takes messages into mailboxes and queue. */
@ApplicationScoped
class Transfer {
  /** SQLSTATE classes of what is wrong with a row: data, constraints. */
  private static final Set<String> ABOUT_ROWS = Set.of("22", "23");

  private final MailStore store;
  private final Outbox outbox;
  private final Bounces bounces;
  private final SendingCounts counts;

  Transfer(MailStore store, Outbox outbox, Bounces bounces, SendingCounts counts) {
    this.store = store;
    this.outbox = outbox;
    this.bounces = bounces;
    this.counts = counts;
  }

  /**
   * Leaves an outcome in each of them. When one of several is the reason that the transaction
   * fails, each gets a transaction of its own, so that it harms no other.
   */
  void make(List<Consignment> round) {
    try {
      Retry.onDeadlock(() -> inOneTransaction(round)).forEach(Consignment::ended);
    } catch (RuntimeException failed) {
      if (round.size() > 1 && isAboutOneOfThem(failed)) {
        round.forEach(consignment -> make(List.of(consignment)));
      } else if (failed instanceof StoreProblem) { // a mailbox is gone
        round.forEach(consignment -> consignment.ended(new Outcome.Outdated()));
      } else {
        round.forEach(consignment -> consignment.failed(failed));
      }
    }
  }

  /** Not that the database is away: then nobody needs to wait for it again. */
  private static boolean isAboutOneOfThem(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState();
        return state != null && state.length() > 1 && ABOUT_ROWS.contains(state.substring(0, 2));
      }
    }
    return true;
  }

  private Map<Consignment, Outcome> inOneTransaction(List<Consignment> round) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              var full = deliver(round);
              outbox.enqueue(round.stream().flatMap(c -> c.relays().stream()).toList());
              var outcomes = new LinkedHashMap<Consignment, Outcome>();
              round.forEach(
                  consignment ->
                      outcomes.put(
                          consignment,
                          conclude(consignment, full.getOrDefault(consignment, Set.of()))));
              return outcomes;
            });
  }

  /** Gives the mailboxes that were too full. */
  private Map<Consignment, Set<Long>> deliver(List<Consignment> round) {
    var local = round.stream().filter(c -> !c.distribution().mailboxes().isEmpty()).toList();
    if (local.isEmpty()) {
      return Map.of();
    }
    var full =
        store.deliver(
            local.stream()
                .map(c -> Incoming.of(c.distribution().mailboxes().keySet(), c.message()))
                .toList());
    var byConsignment = new LinkedHashMap<Consignment, Set<Long>>();
    for (int i = 0; i < local.size(); i++) {
      byConsignment.put(local.get(i), full.get(i));
    }
    return byConsignment;
  }

  private Outcome conclude(Consignment consignment, Set<Long> full) {
    var all = consignment.distribution();
    int delivered = all.mailboxes().size() - full.size();
    if (delivered == 0 && consignment.relays().isEmpty()) {
      return new Outcome.Full(); // nothing was written of it
    }
    var arrival = consignment.arrival();
    var failures = failures(all, full);
    if (!failures.isEmpty()) {
      bounces.send(arrival.trace(), arrival.reversePath(), arrival.content().blob(), failures);
    }
    if (arrival.sender() != null) {
      counts.add(arrival.sender());
    }
    return new Outcome.Taken(delivered, consignment.relays().size(), failures.size());
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
