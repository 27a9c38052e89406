package dev.postroom.bulk;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Moves the recipients of jobs into the queue, each job at its rate and within the limits of its
 * sender, and ends jobs that nothing more is to be done about.
 *
 * <p>Threads: the scheduler's, one at a time; other processes pass over the rows that this one has.
 */
@ApplicationScoped
class BulkFeeder {
  private static final Logger LOG = Logger.getLogger(BulkFeeder.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONGEST_CREDIT = Duration.ofSeconds(5);

  private final BulkStatements statements;
  private final JobTable jobs;
  private final RecipientTable recipients;
  private final BulkBatch batches;
  private final BulkOutcomes outcomes;
  private final BulkConfig config;
  private final BulkJobs old;
  private final Clock clock;

  /** When each job sent last, and what is left of the recipient that its rate has begun. */
  private final Map<Long, Credit> credits = new HashMap<>();

  private record Credit(Instant at, double recipients) {}

  BulkFeeder(
      BulkStatements statements,
      JobTable jobs,
      RecipientTable recipients,
      BulkBatch batches,
      BulkOutcomes outcomes,
      BulkConfig config,
      BulkJobs old,
      Clock clock) {
    this.statements = statements;
    this.jobs = jobs;
    this.recipients = recipients;
    this.batches = batches;
    this.outcomes = outcomes;
    this.config = config;
    this.old = old;
    this.clock = clock;
  }

  @Scheduled(
      every = "${postroom.bulk.every:1s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  synchronized void feed() {
    List<BulkJob> open = statements.call(jobs::open);
    outcomes.write(open);
    credits.keySet().retainAll(open.stream().map(BulkJob::id).toList());
    for (var job : open) {
      try {
        if (job.state() == JobState.RUNNING) {
          feed(job);
        }
        if (job.state() != JobState.PAUSED) {
          finish(job);
        }
      } catch (RuntimeException failed) {
        LOG.warnf(failed, "job %s rests a while", job.trace());
      }
    }
  }

  private void feed(BulkJob job) {
    var now = clock.instant();
    var credit = credits.get(job.id());
    double due =
        credit == null
            ? Math.max(1, job.perMinute() / (double) MINUTE.toSeconds())
            : credit.recipients() + earned(job, credit.at(), now);
    int sent = 0;
    int some;
    do {
      int most = Math.min(config.batch(), (int) due - sent);
      some = most <= 0 ? 0 : batches.send(job, most);
      sent += some;
    } while (some > 0 && sent < (int) due);
    credits.put(job.id(), new Credit(now, Math.min(due - sent, 1)));
  }

  private static double earned(BulkJob job, Instant since, Instant now) {
    var time = Duration.between(since, now);
    var counted = time.compareTo(LONGEST_CREDIT) > 0 ? LONGEST_CREDIT : time;
    return (double) counted.toMillis() * job.perMinute() / MINUTE.toMillis();
  }

  private void finish(BulkJob job) {
    statements.call(
        connection -> {
          if (!recipients.anyOpen(connection, job.id())) {
            jobs.finish(connection, job.id(), clock.instant());
          }
          return true;
        });
  }

  @Scheduled(every = "1m", delayed = "1m")
  void tidy() {
    if (!config.every().equals("off")) {
      settle();
      old.forgetOld(config.keepJobs());
    }
  }

  /** Ends what was dropped from the queue by hand, and what a crash kept from being heard. */
  synchronized void settle() {
    List<BulkJob> open = statements.call(jobs::open);
    outcomes.write(open);
    for (var job : open) {
      statements.call(connection -> recipients.settleUnheard(connection, job));
    }
  }
}
