package dev.postroom.queue;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Claims entries for this process, and keeps them for as long as they are worked on. */
final class Claimer {
  private static final Logger LOG = Logger.getLogger(Claimer.class);
  private static final int RENEWED_AT_ONCE = 1000;

  private final Transactions transactions;
  private final Claims claims;
  private final StandingOrders orders;
  private final Leases leases;
  private final Duration lease;
  private final int batch;
  private final Clock clock;

  Claimer(
      Transactions transactions,
      Claims claims,
      StandingOrders orders,
      Leases leases,
      Duration lease,
      int batch,
      Clock clock) {
    this.transactions = transactions;
    this.claims = claims;
    this.orders = orders;
    this.leases = leases;
    this.lease = lease;
    this.batch = batch;
    this.clock = clock;
  }

  /** What is due for one destination; nothing when the database is away. */
  List<Parcel> claim(String destination) {
    try {
      return claimed(
          (connection, now, until) -> claims.due(connection, now, until, destination, batch));
    } catch (QueueUnavailableException away) {
      LOG.warnf("cannot look what is due for %s: %s", destination, away.getMessage());
      return List.of();
    }
  }

  /** What is due for any destination but these. */
  List<Parcel> claimAnyBut(Set<String> destinations) {
    return claimed(
        (connection, now, until) -> claims.due(connection, now, until, destinations, batch));
  }

  private interface Search {
    List<Entry> find(java.sql.Connection connection, Instant now, Instant until)
        throws SQLException;
  }

  private List<Parcel> claimed(Search search) {
    var now = clock.instant();
    var until = now.plus(lease);
    var entries =
        transactions.run(
            connection -> orders.pass(connection, search.find(connection, now, until)));
    leases.take(entries.stream().map(Entry::id).toList(), until);
    return Parcel.pack(entries);
  }

  Optional<Instant> nextDue() {
    return transactions.run(Claims::nextDue);
  }

  void renew() {
    var now = clock.instant();
    var until = now.plus(lease);
    // what has run out may be another's by now
    var held = leases.held().stream().filter(id -> leases.holds(id, now)).toList();
    for (int from = 0; from < held.size(); from += RENEWED_AT_ONCE) {
      var some = held.subList(from, Math.min(held.size(), from + RENEWED_AT_ONCE));
      transactions.run(
          connection -> {
            claims.renew(connection, some, until);
            return some.size();
          });
      leases.renewed(some, until);
    }
  }

  /** Gives back what was not begun. */
  void release(List<Parcel> parcels) {
    var ids = parcels.stream().flatMap(parcel -> parcel.ids().stream()).toList();
    leases.drop(ids);
    if (!ids.isEmpty()) {
      transactions.run(
          connection -> {
            claims.release(connection, ids, clock.instant());
            return ids.size();
          });
    }
  }
}
