package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
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

/** Tells senders of messages that could not be delivered (RFC 3464). */
@ApplicationScoped
public class Bounces {
  private static final Logger LOG = Logger.getLogger(Bounces.class);

  /**
   * One recipient that was not reached.
   *
   * @param diagnostic what happened, for people; the remote host's reply where there was one
   * @param host the remote host, or empty
   */
  public record Failure(
      MailAddress recipient, EnhancedStatus status, String diagnostic, String host) {
    /** A failure that no remote host had a part in. */
    public Failure(MailAddress recipient, EnhancedStatus status, String diagnostic) {
      this(recipient, status, diagnostic, "");
    }
  }

  private final Blobs blobs;
  private final Returns returns;
  private final Template template;
  private final QueueConfig config;
  private final String hostname;
  private final Clock clock;
  private final RandomGenerator random;

  Bounces(
      Blobs blobs,
      Returns returns,
      @Location("mail/bounce.txt") Template template,
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
   * Composes one report about all these recipients and hands it to {@link Returns}, inside the
   * caller's transaction. Does nothing for the null reverse-path: no report is ever reported on.
   *
   * @param content the message, whose header section the report quotes
   */
  public void send(TraceId trace, ReversePath sender, BlobId content, List<Failure> failures) {
    var address = sender.address();
    if (address == null) {
      return; // RFC 5321 §6.1
    }
    var header = header(content);
    var bounce =
        new BounceMessage(
            hostname,
            clock.instant(),
            TraceId.next(clock, random).value(),
            address,
            QuotedHeader.of(header),
            failures);
    try (var writer = blobs.write()) {
      bounce.write(writer, text(trace, bounce.subject(), failures));
      long size = writer.size();
      returns.returnToSender(trace, address, writer.keep(), size);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What can be had of it: a report without is better than none. */
  private Headers header(BlobId content) {
    try (var blob = blobs.open(content);
        var octets = blob.read()) {
      return Headers.read(octets, config.bounceHeaderLimit());
    } catch (IOException gone) {
      LOG.errorf(gone, "cannot quote the header of %s", content);
      return new Headers(List.of());
    }
  }

  private String text(TraceId trace, String subject, List<Failure> failures) {
    var problems = failures.stream().map(Bounces::problem).toList();
    return template
        .data("report", new BounceText(hostname, trace.value(), subject, problems))
        .render();
  }

  private static BounceText.Problem problem(Failure failure) {
    var explanation = Explanation.of(failure.status());
    return new BounceText.Problem(
        failure.recipient().toString(),
        explanation.what(),
        explanation.advice(),
        failure.host(),
        failure.diagnostic());
  }
}
