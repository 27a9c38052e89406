package dev.postroom.tlsreport;

import dev.postroom.blob.Blobs;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Recipient;
import dev.postroom.directory.Recipients;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.routing.Content;
import dev.postroom.routing.ReportDesk;
import dev.postroom.tlspolicy.PublishedPolicies;
import dev.postroom.tlspolicy.TlsPolicyConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Reads what other servers report of the way to domains here. Everybody can write such a mail, so
 * it is believed no further than to be shown, and each domain keeps so many a day only.
 */
@ApplicationScoped
public class ReceivedReports implements ReportDesk {
  private static final Logger LOG = Logger.getLogger(ReceivedReports.class);

  private final Recipients recipients;
  private final Domains domains;
  private final PublishedPolicies policies;
  private final ReceivedTable table;
  private final Blobs blobs;
  private final TlsReportConfig config;
  private final String localPart;
  private final Clock clock;

  ReceivedReports(
      Recipients recipients,
      Domains domains,
      PublishedPolicies policies,
      ReceivedTable table,
      Blobs blobs,
      TlsReportConfig config,
      TlsPolicyConfig addresses,
      Clock clock) {
    this.recipients = recipients;
    this.domains = domains;
    this.policies = policies;
    this.table = table;
    this.blobs = blobs;
    this.config = config;
    this.localPart = addresses.reportsLocalPart();
    this.clock = clock;
  }

  /** The newest first. */
  public List<ReceivedReport> list(Viewer viewer, long domainId, int limit) {
    var domain = domains.find(viewer, domainId);
    return QuarkusTransaction.joiningExisting().call(() -> table.newest(domain.id(), limit));
  }

  @Override
  public boolean takes(MailAddress address) {
    return address.localPart().equalsIgnoreCase(localPart)
        && isNobodys(recipients.resolve(address))
        && policies.find(address.domain()).isPresent();
  }

  /** Whoever makes a mailbox or forwarder of that name reads the reports there. */
  private static boolean isNobodys(Recipient found) {
    return found instanceof Recipient.Unknown || found instanceof Recipient.CatchAll;
  }

  @Override
  public void file(MailAddress address, Content content) {
    var domain = address.domain().ascii();
    try (var octets = blobs.open(content.blob())) {
      var json =
          AttachedReport.read(
              content.scanned().summary().body(),
              octets,
              Math.toIntExact(config.maxReport().asLongValue()));
      var report = json.isPresent() ? ReportReader.read(json.get(), domain) : null;
      if (report == null || report.isEmpty()) {
        LOG.infof("mail to %s has no report about the domain", address);
        return;
      }
      var read = report.get();
      QuarkusTransaction.requiringNew().run(() -> keep(domain, read));
    } catch (IOException unreadable) {
      LOG.infof("a report to %s cannot be read: %s", address, unreadable.getMessage());
    }
  }

  private void keep(String domain, ReceivedReport report) {
    var now = clock.instant();
    try {
      if (table.count(domain, now.minus(Duration.ofDays(1))) >= config.reportsADay()) {
        LOG.infof("too many reports about %s today: dropped", domain);
      } else {
        table.add(domain, report, now);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException("cannot keep a report about " + domain, failed);
    }
  }

  @Scheduled(every = "24h", delayed = "2h")
  @RunOnVirtualThread
  void forgetOld() {
    QuarkusTransaction.requiringNew()
        .call(
            () -> {
              table.forget(clock.instant().minus(config.keep()));
              return true;
            });
  }
}
