package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import dev.postroom.mail.DsnReturn;
import dev.postroom.mail.ServerConfig;
import dev.postroom.mail.TraceId;
import dev.postroom.message.Headers;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Tells senders what became of their messages: delivery status notifications (RFC 3464). */
@ApplicationScoped
public class Reports {
  private static final Logger LOG = Logger.getLogger(Reports.class);

  private final Blobs blobs;
  private final Returns returns;
  private final Template template;
  private final QueueConfig config;
  private final String hostname;
  private final Clock clock;
  private final RandomGenerator random;

  Reports(
      Blobs blobs,
      Returns returns,
      @Location("mail/report.txt") Template template,
      QueueConfig config,
      ServerConfig server,
      Clock clock,
      RandomGenerator random) {
    this.blobs = blobs;
    this.returns = returns;
    this.template = template;
    this.config = config;
    this.hostname = server.hostname();
    this.clock = clock;
    this.random = random;
  }

  /**
   * Composes one report about those of the outcomes that the sender wants to hear of, and hands it
   * to {@link Returns}, inside the caller's transaction. Does nothing for the null reverse-path: no
   * report is ever reported on.
   */
  public void send(ReportedMessage about, List<ReportedOutcome> outcomes) {
    var sender = about.sender().address();
    var wanted = outcomes.stream().filter(ReportedOutcome::isWanted).toList();
    if (sender == null || wanted.isEmpty()) { // RFC 5321 §6.1
      return;
    }
    var report =
        new ReportMessage(
            hostname,
            clock.instant(),
            TraceId.next(clock, random).value(),
            sender,
            about.options().envelopeId(),
            QuotedHeader.of(header(about.content())),
            wanted);
    try (var writer = blobs.write()) {
      var text = template.data("report", report.text(about.trace())).render();
      report.write(writer, text, returned(about, wanted));
      long size = writer.size();
      returns.returnToSender(about.trace(), sender, writer.keep(), size);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What can be had of it: a report without is better than none. */
  private Headers header(BlobId content) {
    try (var blob = blobs.open(content);
        var octets = blob.read()) {
      return Headers.read(octets, config.reportHeaderLimit());
    } catch (IOException gone) {
      LOG.errorf(gone, "cannot quote the header of %s", content);
      return new Headers(List.of());
    }
  }

  /** RFC 3461 §4.3: all of it only when it failed and its sender asked for it. */
  private ReturnedContent returned(ReportedMessage about, List<ReportedOutcome> outcomes) {
    boolean asked =
        about.options().dsnReturn() == DsnReturn.FULL
            && !about.options().requireTls() // RFC 8689 §5: a report may go in plain text
            && outcomes.stream().anyMatch(o -> o.action() == ReportedOutcome.Action.FAILED);
    return asked
        ? ReturnedContent.of(about.content(), blobs, config.reportContentLimit().asLongValue())
        : ReturnedContent.NONE;
  }
}
