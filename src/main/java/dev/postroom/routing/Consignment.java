package dev.postroom.routing;

import dev.postroom.queue.Outgoing;
import dev.postroom.store.NewMessage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One arrival on its way into a transaction, and what became of it. Handed from thread to thread.
 */
final class Consignment {
  private final Arrival arrival;
  private final Distribution distribution;
  private final NewMessage message;
  private final List<Outgoing> relays;
  private Set<Long> full = Set.of();
  private @Nullable Outcome outcome;
  private @Nullable RuntimeException failure;

  Consignment(
      Arrival arrival, Distribution distribution, NewMessage message, List<Outgoing> relays) {
    this.arrival = arrival;
    this.distribution = distribution;
    this.message = message;
    this.relays = relays;
  }

  Arrival arrival() {
    return arrival;
  }

  Distribution distribution() {
    return distribution;
  }

  NewMessage message() {
    return message;
  }

  List<Outgoing> relays() {
    return relays;
  }

  /** Copies and queue entries that it makes. */
  int weight() {
    return distribution.mailboxes().size() + relays.size();
  }

  /** Mailboxes that had no room for it. */
  Set<Long> full() {
    return full;
  }

  void leftOut(Set<Long> mailboxes) {
    full = mailboxes;
  }

  void ended(Outcome how) {
    outcome = how;
  }

  void failed(RuntimeException why) {
    failure = why;
  }

  /** Empty when it has to go apart; throws why it failed. */
  Optional<Outcome> outcome() {
    if (failure != null) {
      throw failure;
    }
    return Optional.ofNullable(outcome);
  }
}
