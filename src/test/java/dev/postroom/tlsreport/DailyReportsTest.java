package dev.postroom.tlsreport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postroom.blob.Blobs;
import dev.postroom.dns.Resolver;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.ServerConfig;
import dev.postroom.outbound.TlsFault;
import dev.postroom.outbound.TlsSession;
import dev.postroom.queue.Returns;
import dev.postroom.testing.CoyHttps;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.SmtpPartner;
import dev.postroom.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 8460, from counting to the mail that arrives. */
@PostroomTest
class DailyReportsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject SessionTable table;
  @Inject Resolver resolver;
  @Inject Blobs blobs;
  @Inject Returns returns;
  @Inject ReportPost post;
  @Inject TlsReportConfig config;
  @Inject ServerConfig server;
  @Inject RandomGenerator random;
  @Inject Fixtures fixtures;

  private final TestClock clock = new TestClock();
  private SessionCounts counts;
  private DailyReports reports;
  private String domain;
  private String reportsDomain;

  @BeforeEach
  void start() {
    counts = new SessionCounts(table, config, clock, new SimpleMeterRegistry());
    reports =
        new DailyReports(table, resolver, blobs, returns, post, config, server, clock, random);
    domain = fixtures.unique("reported") + ".example";
    reportsDomain = fixtures.unique("desk") + ".example";
    PostroomServer.dns()
        .mx(reportsDomain, 10, "mx." + reportsDomain)
        .address("mx." + reportsDomain, "127.0.0.1");
  }

  private void wantsReports() {
    PostroomServer.dns().txt("_smtp._tls." + domain, "v=TLSRPTv1; rua=mailto:tls@" + reportsDomain);
  }

  private void count(int times, Optional<TlsFault> fault) {
    for (int i = 0; i < times; i++) {
      counts.add(
          new TlsSession(
              DomainName.of(domain),
              TlsSession.Policy.STS,
              List.of("version: STSv1", "mode: testing"),
              List.of("*.mail." + domain),
              "mx1.mail." + domain,
              "192.0.2.7",
              "192.0.2.1",
              fault));
    }
  }

  private List<SmtpPartner.Received> mails() {
    return PostroomServer.partner().messages().stream()
        .filter(mail -> mail.to().contains("tls@" + reportsDomain))
        .toList();
  }

  private SmtpPartner.Received mail() {
    Awaitility.await().until(() -> !mails().isEmpty());
    return mails().getFirst();
  }

  private static JsonNode json(String mail) throws IOException {
    var attached = mail.substring(mail.indexOf("application/tlsrpt+gzip"));
    var base64 = attached.split("\r\n\r\n", 3)[1].replaceAll("\r\n--=_.*", "");
    return JSON.readTree(Gzip.decompress(Base64.getMimeDecoder().decode(base64), 1_000_000));
  }

  @Test
  void aDayIsReportedOnceWhenItIsOver() throws IOException {
    wantsReports();
    count(3, Optional.empty());
    count(2, Optional.of(new TlsFault(TlsFault.Type.CERTIFICATE_EXPIRED, "it is old")));
    counts.write();
    count(1, Optional.empty());
    counts.write();
    reports.sendDue();
    clock.forward(Duration.ofHours(14)); // midnight: the day is over, and it is too soon
    reports.sendDue();
    assertThat(mails()).isEmpty();
    clock.forward(Duration.ofHours(5));
    reports.sendDue();
    reports.sendDue();

    var mail = mail();
    assertThat(mail.from()).isEmpty();
    assertThat(mail.content())
        .contains(
            "Subject: Report Domain: " + domain + " Submitter: mail.postroom.test\r\n",
            "TLS-Report-Domain: " + domain + "\r\n",
            "TLS-Required: No\r\n",
            "multipart/report; report-type=\"tlsrpt\"",
            "filename=\"mail.postroom.test!" + domain + "!1772323200!1772409599.json.gz\"");
    var report = json(mail.content());
    assertThat(report.at("/date-range/start-datetime").asText()).isEqualTo("2026-03-01T00:00:00Z");
    var policy = report.at("/policies/0");
    assertThat(policy.at("/policy/policy-type").asText()).isEqualTo("sts");
    assertThat(policy.at("/policy/policy-domain").asText()).isEqualTo(domain);
    assertThat(policy.at("/policy/policy-string/1").asText()).isEqualTo("mode: testing");
    assertThat(policy.at("/policy/mx-host/0").asText()).isEqualTo("*.mail." + domain);
    assertThat(policy.at("/summary/total-successful-session-count").asInt()).isEqualTo(4);
    assertThat(policy.at("/summary/total-failure-session-count").asInt()).isEqualTo(2);
    var failure = policy.at("/failure-details/0");
    assertThat(failure.at("/result-type").asText()).isEqualTo("certificate-expired");
    assertThat(failure.at("/failed-session-count").asInt()).isEqualTo(2);
    assertThat(failure.at("/receiving-mx-hostname").asText()).isEqualTo("mx1.mail." + domain);
    assertThat(failure.at("/receiving-ip").asText()).isEqualTo("192.0.2.7");
    assertThat(report.at("/policies").size()).isEqualTo(1);
    Awaitility.await().during(Duration.ofMillis(300)).until(() -> mails().size() == 1);
  }

  @Test
  void aSilentHostDelaysNobody() throws Exception {
    try (var host = CoyHttps.mute()) {
      var url = "https://mx." + reportsDomain + ":" + host.port();
      var targets = url + "/1," + url + "/2," + url + "/3,mailto:tls@" + reportsDomain;
      PostroomServer.dns().txt("_smtp._tls." + domain, "v=TLSRPTv1; rua=" + targets);
      count(1, Optional.empty());
      counts.write();
      clock.forward(Duration.ofHours(24));
      var round = Thread.ofVirtual().start(reports::sendDue);
      Awaitility.await().until(() -> host.accepted() == 3 && host.open() == 3);
      mail();
      round.interrupt(); // as when the server stops
      Awaitility.await().until(() -> !round.isAlive());
    }
  }

  @Test
  void whoDoesNotAskGetsNoneAndNothingIsKept() throws Exception {
    count(1, Optional.empty());
    counts.write();
    clock.forward(Duration.ofHours(24));
    reports.sendDue();
    assertThat(table.before(java.time.LocalDate.parse("2026-03-02"), 100))
        .noneMatch(day -> day.domain().equals(domain));
  }

  @Test
  void whileTheDnsIsAwayTheReportWaits() throws Exception {
    wantsReports();
    count(1, Optional.empty());
    counts.write();
    clock.forward(Duration.ofHours(24));
    var dns = PostroomServer.dns();
    dns.behave("_smtp._tls." + domain, dev.postroom.testing.DnsServer.Behaviour.SERVFAIL);
    reports.sendDue();
    assertThat(mails()).isEmpty();
    dns.behave("_smtp._tls." + domain, dev.postroom.testing.DnsServer.Behaviour.ANSWER);
    Awaitility.await()
        .untilAsserted(
            () -> {
              reports.sendDue();
              assertThat(mails()).hasSize(1);
            });
  }

  @Test
  void targetsAreReadFromTheRecord() {
    var targets =
        ReportTargets.of(
            List.of(
                "something else",
                "v=TLSRPTv1;rua=mailto:a%2Bb@example.net, https://r.example/x?y=1,ftp://no"));
    assertThat(targets.addresses()).hasToString("[a+b@example.net]");
    assertThat(targets.urls()).hasToString("[https://r.example/x?y=1]");
    assertThat(ReportTargets.of(List.of("v=TLSRPTv1; rua=")).isEmpty()).isTrue();
    assertThat(
            ReportTargets.of(List.of("v=TLSRPTv1; rua=mailto:a@b", "v=TLSRPTv1; rua=mailto:c@d"))
                .isEmpty())
        .as("two records are none")
        .isTrue();
  }

  @Test
  void whatExpandsWithoutMeasureIsNotRead() {
    var bomb = Gzip.compress(new byte[5_000_000]);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Gzip.decompress(bomb, 1_000_000))
        .isInstanceOf(IOException.class);
  }
}
