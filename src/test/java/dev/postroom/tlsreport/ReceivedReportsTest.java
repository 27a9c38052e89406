package dev.postroom.tlsreport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.routing.Arrival;
import dev.postroom.routing.Intake;
import dev.postroom.routing.Outcome;
import dev.postroom.routing.Router;
import dev.postroom.routing.Verdict;
import dev.postroom.sts.StsPolicy.Mode;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.tlspolicy.PublishedPolicies;
import dev.postroom.trace.Trace;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 8460, from the side of the domain that is reported to. */
@PostroomTest
class ReceivedReportsTest {
  @Inject ReceivedReports reports;
  @Inject PublishedPolicies policies;
  @Inject Router router;
  @Inject Intake intake;
  @Inject Trace trace;
  @Inject Fixtures fixtures;
  private DomainInfo domain;
  private MailAddress address;

  @BeforeEach
  void publish() {
    domain = fixtures.domain();
    policies.publish(Viewer.SERVER, domain.id(), Mode.TESTING);
    address = MailAddress.parse("tls-reports@" + domain.name());
  }

  private static String json(String id, String domain) {
    return """
        {"organization-name": "Elsewhere <b>Inc.</b>", "report-id": "%s",
         "date-range": {"start-datetime": "2026-02-28T00:00:00Z",
           "end-datetime": "2026-02-28T23:59:59Z"},
         "contact-info": "tls@elsewhere.example",
         "policies": [
          {"policy": {"policy-type": "sts", "policy-domain": "%s"},
           "summary": {"total-successful-session-count": 7, "total-failure-session-count": "3"},
           "failure-details": [{"result-type": "certificate-expired", "failed-session-count": 3,
             "receiving-mx-hostname": "mail.postroom.test", "sending-mta-ip": "192.0.2.9",
             "failure-reason-code": "it is old"}]},
          {"policy": {"policy-type": "sts", "policy-domain": "somebody.else.example"},
           "summary": {"total-successful-session-count": 1000, "total-failure-session-count": 0}}]}
        """
        .formatted(id, domain);
  }

  private byte[] mail(byte[] compressed) {
    var sent =
        new SentReport(
            "x@elsewhere.example",
            "elsewhere.example",
            domain.name().ascii(),
            LocalDate.parse("2026-02-28"),
            compressed);
    return ReportMail.write(sent, address, Instant.now());
  }

  private byte[] mail(String json) {
    return mail(Gzip.compress(json.getBytes(StandardCharsets.UTF_8)));
  }

  private Outcome send(byte[] mail, MailAddress... to) throws IOException {
    var taken = new ArrayList<Verdict.Taken>();
    for (var recipient : to) {
      var verdict = router.verdict(recipient, ReversePath.NULL, null, 0);
      assertThat(verdict).isInstanceOf(Verdict.Taken.class);
      taken.add((Verdict.Taken) verdict);
    }
    try (var content = intake.write()) {
      content.write(mail);
      return intake.take(
          new Arrival(
              trace.begin(TraceId.next(Clock.systemUTC(), new Random())),
              ReversePath.NULL,
              taken,
              content.keep(),
              null,
              MailOptions.NONE));
    }
  }

  private List<ReceivedReport> shown() {
    return reports.list(Viewer.SERVER, domain.id(), 10);
  }

  @Test
  void aReportIsShownOnceWithWhatItSaysOfTheDomain() throws IOException {
    var mail = mail(json("1", domain.name().ascii()));
    assertThat(send(mail, address)).isInstanceOf(Outcome.Taken.class);
    send(mail, address);
    assertThat(shown()).hasSize(1);
    var report = shown().getFirst();
    assertThat(report.reporter()).isEqualTo("Elsewhere <b>Inc.</b>");
    assertThat(report.successes()).isEqualTo(7);
    assertThat(report.failures()).isEqualTo(3);
    assertThat(report.begin()).isEqualTo("2026-02-28T00:00:00Z");
    assertThat(report.details())
        .containsExactly(
            new ReceivedReport.Failure(
                "certificate-expired", "mail.postroom.test", "192.0.2.9", 3, "it is old"));
    send(mail(json("2", domain.name().ascii())), address);
    assertThat(shown()).extracting(ReceivedReport::id).containsExactly("2", "1");
  }

  @Test
  void otherRecipientsOfTheMessageGetIt() throws IOException {
    fixtures.mailbox(domain, "ann");
    var ann = MailAddress.parse("ann@" + domain.name());
    assertThat(send(mail(json("1", domain.name().ascii())), address, ann))
        .isEqualTo(new Outcome.Taken(1, 0, 0));
    assertThat(shown()).hasSize(1);
  }

  @Test
  void whatIsNoReportAboutTheDomainIsDropped() throws IOException {
    var bomb = Gzip.compress(new byte[20_000_000]);
    for (var mail :
        List.of(
            mail(json("1", "somebody.else.example")),
            mail("{"),
            mail("[]"),
            mail("[".repeat(100_000)),
            mail(bomb),
            mail("no gzip".getBytes(StandardCharsets.UTF_8)),
            "Subject: hello\r\n\r\nNothing here.\r\n".getBytes(StandardCharsets.UTF_8))) {
      assertThat(send(mail, address)).isInstanceOf(Outcome.Taken.class);
    }
    assertThat(shown()).isEmpty();
  }

  @Test
  void theAddressTakesMailOnlyWhereAPolicyIsPublished() {
    var other = MailAddress.parse("tls-reports@" + fixtures.domain().name());
    assertThat(router.verdict(other, ReversePath.NULL, null, 0))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void aMailboxOfThatNameGetsItsMail() throws IOException {
    fixtures.mailbox(domain, "tls-reports");
    assertThat(send(mail(json("1", domain.name().ascii())), address))
        .isEqualTo(new Outcome.Taken(1, 0, 0));
    assertThat(shown()).isEmpty();
  }

  @Test
  void nobodyReadsTheReportsOfSomebodyElsesDomain() {
    var stranger = fixtures.customer();
    assertThatThrownBy(() -> reports.list(stranger, domain.id(), 10))
        .isInstanceOf(DirectoryProblem.class);
  }
}
