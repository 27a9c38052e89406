package dev.postroom.bulk;

import dev.postroom.bulk.RecipientTable.Heard;
import dev.postroom.bulk.Suppression.Reason;
import dev.postroom.directory.Recipients;
import dev.postroom.mail.ReversePath;
import dev.postroom.queue.DeliveryEnded;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Hears how deliveries end, and writes down together what concerns jobs and suppressed addresses.
 *
 * <p>Threads: the queue's workers add, the feeder's thread writes. Memory: {@link #MOST} ends; what
 * is more is not heard, and its recipients become {@link RecipientState#UNKNOWN}.
 */
@ApplicationScoped
class BulkOutcomes {
  static final int MOST = 200_000;

  private final BulkStatements statements;
  private final RecipientTable recipients;
  private final SuppressionTable suppressions;
  private final Recipients directory;
  private final BulkConfig config;
  private final Clock clock;
  private final Queue<DeliveryEnded> ended = new ConcurrentLinkedQueue<>();
  private final AtomicInteger length = new AtomicInteger();

  BulkOutcomes(
      BulkStatements statements,
      RecipientTable recipients,
      SuppressionTable suppressions,
      Recipients directory,
      BulkConfig config,
      Clock clock,
      MeterRegistry meters) {
    this.statements = statements;
    this.recipients = recipients;
    this.suppressions = suppressions;
    this.directory = directory;
    this.config = config;
    this.clock = clock;
    meters.gauge("postroom.bulk.ended", length);
  }

  void heard(@Observes DeliveryEnded end) {
    if (length.get() < MOST) {
      length.incrementAndGet();
      ended.add(end);
    }
  }

  /** Of jobs that are not over; ends of other mail matter for the list alone. */
  void write(List<BulkJob> open) {
    var byTrace = open.stream().collect(Collectors.toMap(BulkJob::trace, BulkJob::id));
    var ends = new ArrayList<DeliveryEnded>();
    for (var end = ended.poll(); end != null; end = ended.poll()) {
      length.decrementAndGet();
      ends.add(end);
    }
    var heard = new ArrayList<Heard>();
    var gone = new ArrayList<Suppression>();
    for (var end : ends) {
      var job = byTrace.get(end.trace());
      if (job != null) {
        heard.add(new Heard(job, end.recipient().toString(), state(end), end.text()));
      }
      suppression(end).ifPresent(gone::add);
    }
    if (heard.isEmpty() && gone.isEmpty()) {
      return;
    }
    try {
      statements.call(
          connection -> {
            recipients.heard(connection, heard);
            suppressions.put(connection, gone);
            return true;
          });
    } catch (RuntimeException failed) {
      ended.addAll(ends);
      length.addAndGet(ends.size());
      throw failed;
    }
  }

  private static RecipientState state(DeliveryEnded end) {
    return end.delivered() ? RecipientState.SENT : RecipientState.FAILED;
  }

  private Optional<Suppression> suppression(DeliveryEnded end) {
    if (end.delivered() || end.status() == null || !end.status().saysNobodyIsThere()) {
      return Optional.empty();
    }
    var now = clock.instant();
    return account(end.reversePath())
        .map(
            account ->
                new Suppression(
                    account,
                    end.recipient(),
                    Reason.FAILED,
                    end.text(),
                    now,
                    now.plus(config.suppressFor())));
  }

  /** Whose mail it was; not what a forwarder passed on under a rewritten address. */
  private Optional<Long> account(ReversePath path) {
    var address = path.address();
    return address == null || address.localPart().toUpperCase(Locale.ROOT).startsWith("SRS")
        ? Optional.empty()
        : directory.accountOf(address.domain());
  }
}
