package dev.postroom.routing;

import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.ServerConfig;
import dev.postroom.mail.TraceId;
import dev.postroom.sending.LimitNear;
import dev.postroom.trace.Trace;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Writes to whoever comes near a limit of sending: to the mailbox itself, or to the postmaster of
 * its domain when the limit is the domain's or the account's.
 */
@ApplicationScoped
class LimitNotices {
  private static final Logger LOG = Logger.getLogger(LimitNotices.class);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String POSTMASTER = "postmaster";

  /** What the mail says. */
  record Words(String hostname, String who, String what, long used, long limit) {}

  private final Mailboxes mailboxes;
  private final Router router;
  private final Intake intake;
  private final Template template;
  private final String hostname;
  private final Trace trace;
  private final Clock clock;
  private final RandomGenerator random;

  LimitNotices(
      Mailboxes mailboxes,
      Router router,
      Intake intake,
      @Location("mail/limit-near.txt") Template template,
      ServerConfig server,
      Trace trace,
      Clock clock,
      RandomGenerator random) {
    this.mailboxes = mailboxes;
    this.router = router;
    this.intake = intake;
    this.template = template;
    this.hostname = server.hostname();
    this.trace = trace;
    this.clock = clock;
    this.random = random;
  }

  void tell(@Observes LimitNear near) {
    var sender = mailboxes.find(Viewer.SERVER, near.mailboxId()).address();
    var words = new Words(hostname, who(near, sender), near.what(), near.used(), near.limit());
    if (recipient(near, sender) instanceof Verdict.Taken recipient) {
      send(recipient, words);
    } else {
      LOG.infof("nobody takes the notice of a limit: %s %s", words.who(), words.what());
    }
  }

  private static String who(LimitNear near, MailAddress sender) {
    return switch (near.scope().kind()) {
      case MAILBOX -> "The mailbox " + sender;
      case DOMAIN -> "The domain " + sender.domain();
      case ACCOUNT -> "The account of the domain " + sender.domain();
    };
  }

  private Verdict recipient(LimitNear near, MailAddress sender) {
    return switch (near.scope().kind()) {
      case MAILBOX -> verdict(sender);
      case DOMAIN, ACCOUNT ->
          verdict(new MailAddress(POSTMASTER, sender.domain())) instanceof Verdict.Taken taken
              ? taken
              : verdict(sender);
    };
  }

  private Verdict verdict(MailAddress address) {
    return router.verdict(address, ReversePath.NULL, null, 0);
  }

  private void send(Verdict.Taken recipient, Words words) {
    var story = trace.begin(TraceId.next(clock, random));
    var text =
        header(story.trace(), recipient.recipient()) + template.data("notice", words).render();
    try (var content = intake.write()) {
      content.write(text.replaceAll("\r?\n", "\r\n").getBytes(StandardCharsets.UTF_8));
      intake.take(
          new Arrival(
              story, ReversePath.NULL, List.of(recipient), content.keep(), null, MailOptions.NONE));
      trace.record(story);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String header(TraceId trace, MailAddress to) {
    return """
        Return-Path: <>
        From: Postroom <postmaster@%1$s>
        To: <%2$s>
        Subject: Most of a sending limit is used
        Date: %3$s
        Message-ID: <%4$s@%1$s>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        """
        .formatted(hostname, to, DATE.format(clock.instant()), trace.value());
  }
}
