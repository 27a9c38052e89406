package dev.postroom.tlsreport;

import dev.postroom.blob.Blobs;
import dev.postroom.dns.Answer;
import dev.postroom.dns.Resolver;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ServerConfig;
import dev.postroom.mail.TraceId;
import dev.postroom.queue.Returns;
import dev.postroom.tlsreport.SessionTable.Day;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Tells domains how secure the way to them was on a day that is over. What was counted is taken out
 * of the table in the transaction that queues the report, so it goes out once.
 */
@ApplicationScoped
class DailyReports {
  private static final Logger LOG = Logger.getLogger(DailyReports.class);
  private static final String LABEL = "_smtp._tls.";
  private static final int AT_A_TIME = 500;
  private static final int POSTS_AT_ONCE = 32;

  private final SessionTable table;
  private final Resolver resolver;
  private final Blobs blobs;
  private final Returns returns;
  private final ReportPost post;
  private final TlsReportConfig config;
  private final String hostname;
  private final Clock clock;
  private final RandomGenerator random;
  private final Semaphore posting = new Semaphore(POSTS_AT_ONCE);

  DailyReports(
      SessionTable table,
      Resolver resolver,
      Blobs blobs,
      Returns returns,
      ReportPost post,
      TlsReportConfig config,
      ServerConfig server,
      Clock clock,
      RandomGenerator random) {
    this.table = table;
    this.resolver = resolver;
    this.blobs = blobs;
    this.returns = returns;
    this.post = post;
    this.config = config;
    this.hostname = server.hostname();
    this.clock = clock;
    this.random = random;
  }

  @Scheduled(
      every = "${postroom.tls-reports.look-every}",
      delayed = "${postroom.tls-reports.look-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void sendDue() {
    // a silent host keeps the others neither from their mail nor from their posts
    try (var posts = Executors.newVirtualThreadPerTaskExecutor()) {
      var now = clock.instant();
      for (var day : table.before(LocalDate.ofInstant(now, ZoneOffset.UTC), AT_A_TIME)) {
        if (!due(day).isAfter(now)) {
          conclude(day, now, posts);
        }
      }
    } catch (SQLException | RuntimeException failed) {
      LOG.warn("reports on the security of connections have to wait", failed);
    }
  }

  /** RFC 8460 §4.1: not all at the same moment. */
  private Instant due(Day day) {
    long spread = Math.max(1, config.spread().toSeconds());
    return end(day)
        .plus(config.sendAfter())
        .plusSeconds(Math.floorMod(day.domain().hashCode(), spread));
  }

  private static Instant end(Day day) {
    return day.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private void conclude(Day day, Instant now, Executor posts) {
    var answer = resolver.txt(LABEL + day.domain());
    if (answer instanceof Answer.Trouble<String>
        && Duration.between(end(day), now).compareTo(config.giveUpAfter()) < 0) {
      return;
    }
    var targets = ReportTargets.of(answer.recordsOrNone());
    QuarkusTransaction.requiringNew()
        .call(() -> queued(day, targets, now))
        .ifPresent(report -> targets.urls().forEach(url -> posts.execute(() -> post(report, url))));
  }

  /** Inside a transaction; empty where nobody wants a report. */
  private Optional<SentReport> queued(Day day, ReportTargets targets, Instant now)
      throws SQLException, IOException {
    var counts = table.take(day);
    if (targets.isEmpty() || counts.isEmpty()) {
      return Optional.empty();
    }
    var report = report(day, counts);
    for (var address : targets.addresses()) {
      mail(report, address, now);
    }
    return Optional.of(report);
  }

  private SentReport report(Day day, Map<SessionCount, Long> counts) {
    var id = TraceId.next(clock, random).value() + "@" + hostname;
    var json =
        ReportJson.write(
            config.organization().orElse(hostname),
            config.contact().orElse("postmaster@" + hostname),
            id,
            counts);
    return new SentReport(id, hostname, day.domain(), day.day(), Gzip.compress(json));
  }

  private void mail(SentReport report, MailAddress to, Instant now) throws IOException {
    try (var content = blobs.write()) {
      content.write(ReportMail.write(report, to, now));
      long size = content.size();
      returns.returnToSender(TraceId.next(clock, random), to, content.keep(), size);
    }
  }

  private void post(SentReport report, URI url) {
    posting.acquireUninterruptibly();
    try {
      post.post(url, report);
    } catch (IOException failed) {
      LOG.warnf("no report about %s: %s", report.domain(), failed.getMessage());
    } finally {
      posting.release();
    }
  }
}
