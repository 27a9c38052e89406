package dev.postroom.queue;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.outbound.Attempt;
import dev.postroom.outbound.Delivery;
import dev.postroom.outbound.RemoteDelivery;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Carries one parcel to where it goes and sees to what follows: gone, tried again, or returned.
 *
 * <p>Should the process die between the remote host's 250 and our commit, the entry is sent once
 * more when its lease has run out: a duplicate at worst, never a loss (RFC 1047).
 */
final class Postman {
  private static final Logger LOG = Logger.getLogger(Postman.class);
  private static final String TRACE = "trace";
  private static final EnhancedStatus EXPIRED = new EnhancedStatus(4, 4, 7);
  private static final EnhancedStatus TOO_LATE = new EnhancedStatus(5, 4, 7);

  /** When a report could not be written, the entry is tried again after this. */
  private static final Duration REPORT_PAUSE = Duration.ofMinutes(5);

  private final HomeDelivery home;
  private final RemoteDelivery remote;
  private final Ledger ledger;
  private final Reporting reporting;
  private final Endings endings;
  private final Leases leases;
  private final RetrySchedule schedule;
  private final Clock clock;
  private final EntryStories stories;
  private final MeterRegistry meters;

  Postman(
      HomeDelivery home,
      RemoteDelivery remote,
      Ledger ledger,
      Reporting reporting,
      Endings endings,
      Leases leases,
      RetrySchedule schedule,
      Clock clock,
      EntryStories stories,
      MeterRegistry meters) {
    this.home = home;
    this.remote = remote;
    this.ledger = ledger;
    this.reporting = reporting;
    this.endings = endings;
    this.leases = leases;
    this.schedule = schedule;
    this.clock = clock;
    this.stories = stories;
    this.meters = meters;
  }

  Reaction carry(Parcel parcel) {
    return begun(parcel).map(this::carryBegun).orElse(Reaction.DECLINED);
  }

  /** Without what was called back, and what another may have because the lease ran out. */
  private Optional<Parcel> begun(Parcel parcel) {
    var now = clock.instant();
    return parcel.only(entry -> leases.begin(entry, now));
  }

  private Reaction carryBegun(Parcel parcel) {
    MDC.put(TRACE, parcel.first().trace().value());
    try {
      var delivery = deliver(parcel);
      conclude(parcel, delivery);
      return Reaction.to(delivery);
    } finally {
      leases.drop(parcel.ids());
      MDC.remove(TRACE);
    }
  }

  private Delivery deliver(Parcel parcel) {
    if (parcel.first().isTooLate(clock.instant())) {
      return sameForAll(parcel, new Attempt.Refused("", TOO_LATE, "its sender set a deadline"));
    }
    return home.deliver(parcel.shipment()).orElseGet(() -> deliverElsewhere(parcel));
  }

  private Delivery deliverElsewhere(Parcel parcel) {
    var route = Reroute.route(parcel.first().destination());
    return route.isEmpty()
        ? remote.deliver(parcel.shipment())
        : remote.deliver(parcel.shipment(), route);
  }

  private static Delivery sameForAll(Parcel parcel, Attempt attempt) {
    return new Delivery(Collections.nCopies(parcel.entries().size(), attempt), false);
  }

  /**
   * Lets all of them share an outcome without trying. They end together, so they commit together.
   */
  void postpone(List<Parcel> parcels, Attempt.Deferred outcome) {
    var ends =
        parcels.stream()
            .flatMap(parcel -> begun(parcel).stream())
            .map(parcel -> Thread.startVirtualThread(() -> postpone(parcel, outcome)));
    for (var end : ends.toList()) {
      try {
        end.join();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void postpone(Parcel parcel, Attempt.Deferred outcome) {
    MDC.put(TRACE, parcel.first().trace().value());
    try {
      conclude(parcel, sameForAll(parcel, outcome));
    } finally {
      leases.drop(parcel.ids());
      MDC.remove(TRACE);
    }
  }

  private void conclude(Parcel parcel, Delivery delivery) {
    var now = clock.instant();
    var ends = new Ends(now);
    for (int i = 0; i < parcel.entries().size(); i++) {
      conclude(parcel.entries().get(i), delivery.attempts().get(i), ends);
    }
    ledger.write(ends.delivered, ends.later);
    stories.attempted(parcel.entries(), delivery.attempts(), ends.later);
    if (!ends.reported.isEmpty()) {
      report(ends.reported, now);
    }
    if (!ends.delayed.isEmpty()) {
      warn(ends.delayed, now);
    }
    endings.tell(parcel, delivery, now);
  }

  /** How the attempts of one parcel ended. */
  private record Ends(
      Instant now,
      List<Long> delivered,
      List<Ledger.Later> later,
      List<Reporting.Told> reported,
      List<Reporting.Told> delayed) {
    Ends(Instant now) {
      this(now, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  private void conclude(Entry entry, Attempt attempt, Ends ends) {
    switch (attempt) {
      case Attempt.Delivered delivered -> {
        if (entry.wantsRelayed() && !delivered.reports()) {
          ends.reported.add(new Reporting.Told(entry, entry.relayed(delivered)));
        } else {
          ends.delivered.add(entry.id());
        }
        note(
            entry,
            "delivered",
            delivered.remoteHost(),
            delivered.reply() + " (TLS: " + delivered.security() + ")");
      }
      case Attempt.Deferred deferred when ends.now.isBefore(entry.expiresAt()) -> {
        var later = later(entry, deferred, ends.now);
        ends.later.add(later);
        if (entry.isLate(ends.now)) {
          ends.delayed.add(new Reporting.Told(entry, entry.delayed(deferred)));
        }
        note(entry, "deferred", deferred.remoteHost(), deferred.diagnostic());
      }
      case Attempt.Deferred(var host, _, var diagnostic) -> {
        ends.reported.add(
            new Reporting.Told(entry, entry.failed(expired(entry), diagnostic, host)));
        note(entry, "expired", host, diagnostic);
      }
      case Attempt.Refused(var host, var status, var diagnostic) -> {
        ends.reported.add(new Reporting.Told(entry, entry.failed(status, diagnostic, host)));
        note(entry, "refused", host, diagnostic);
      }
    }
  }

  private Ledger.Later later(Entry entry, Attempt.Deferred deferred, Instant now) {
    var due = schedule.next(entry.attempts() + 1, now, entry.nextDeadline(now));
    return new Ledger.Later(entry.id(), due, status(deferred.remoteHost(), deferred.diagnostic()));
  }

  private void report(List<Reporting.Told> ended, Instant now) {
    try {
      reporting.end(ended);
      stories.reported(ended);
    } catch (RuntimeException trouble) {
      LOG.error("the sender could not be told of a message; it is kept if it is here", trouble);
      var due = now.plus(REPORT_PAUSE);
      // what another server has is never sent again, whoever could not be told
      ledger.write(
          ended.stream().filter(Reporting.Told::isGone).map(told -> told.entry().id()).toList(),
          ended.stream().filter(told -> !told.isGone()).map(told -> told.later(due)).toList());
    }
  }

  private void warn(List<Reporting.Told> delayed, Instant now) {
    try {
      reporting.warn(delayed, now);
      stories.reported(delayed);
    } catch (RuntimeException trouble) {
      LOG.error("the sender could not be told of a delay; the next attempt tells", trouble);
    }
  }

  /** RFC 2852 §4.1.4: permanent when the sender itself has set the time. */
  private static EnhancedStatus expired(Entry entry) {
    return entry.options().deliverBy() == null ? EXPIRED : TOO_LATE;
  }

  private static String status(String host, String diagnostic) {
    return host.isEmpty() ? diagnostic : host + ": " + diagnostic;
  }

  private void note(Entry entry, String outcome, String host, String diagnostic) {
    meters.counter("postroom.queue.attempts", "outcome", outcome).increment();
    LOG.infof(
        "%s from %s to <%s>, attempt %d, host %s: %s",
        outcome,
        entry.reversePath(),
        entry.recipient(),
        entry.attempts() + 1,
        host.isEmpty() ? "none" : host,
        diagnostic);
  }
}
