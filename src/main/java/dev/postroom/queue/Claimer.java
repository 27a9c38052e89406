package dev.postroom.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
  private final Clock clock;

  Claimer(
      Transactions transactions,
      Claims claims,
      StandingOrders orders,
      Leases leases,
      Duration lease,
      Clock clock) {
    this.transactions = transactions;
    this.claims = claims;
    this.orders = orders;
    this.leases = leases;
    this.lease = lease;
    this.clock = clock;
  }

  /** Whose mail is due. */
  List<Turn> due() {
    var now = clock.instant();
    return transactions.run(connection -> Claims.turns(connection, now));
  }

  /** What is due for one destination; nothing when the database is away. */
  Trade.Claimed claim(String destination, Serving serving) {
    var now = clock.instant();
    var until = now.plus(lease);
    try {
      var claimed =
          transactions.run(connection -> claim(connection, now, until, destination, serving));
      claimed.parcels().forEach(parcel -> leases.take(parcel.entries(), until));
      return claimed;
    } catch (QueueUnavailableException away) {
      LOG.warnf("cannot look what is due for %s: %s", destination, away.getMessage());
      return Trade.Claimed.NOTHING;
    }
  }

  private Trade.Claimed claim(
      Connection connection, Instant now, Instant until, String destination, Serving serving)
      throws SQLException {
    var due = Claims.turns(connection, now, destination);
    var entries = claims.take(connection, now, until, serving.helpings(due));
    return new Trade.Claimed(
        Parcel.pack(orders.pass(connection, entries)), !entries.isEmpty(), !due.isEmpty());
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
