package dev.postroom.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.testing.PolicyHost;
import dev.postroom.testing.Settings;
import dev.postroom.testing.SmtpPartner;
import dev.postroom.testing.TestCertificates;
import dev.postroom.tls.PemCertificates;
import dev.postroom.tls.TlsConfig;
import dev.postroom.tls.TlsContexts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 8461, with a policy host on loopback. */
class MtaStsTest {
  private static final String MAIL = "Subject: hello\r\n\r\nHow are you?\r\n";

  @TempDir Path folder;
  private TestCertificates certificates;
  private SmtpPartner partner;
  private PolicyHost policyHost;
  private TestOutbound outbound;

  @BeforeEach
  void start() throws IOException {
    certificates = new TestCertificates(folder.resolve("ca"));
    partner = SmtpPartner.start().tls(tls("mx.example.net"));
    policyHost = PolicyHost.start(tls("mta-sts.example.net"));
    policy("enforce", "mx.example.net");
    open();
  }

  private void open(String... more) throws IOException {
    var settings = new ArrayList<>(List.of(more));
    settings.addAll(
        List.of(
            "postroom.outbound.port", String.valueOf(partner.port()),
            "postroom.sts.port", String.valueOf(policyHost.port()),
            "postroom.sts.timeout", "2s",
            "postroom.tls.authorities", certificates.authorityFile().toString()));
    outbound = new TestOutbound(folder, settings.toArray(String[]::new));
    outbound
        .dns
        .mx("example.net", 10, "mx.example.net")
        .address("mx.example.net", "127.0.0.1")
        .address("mta-sts.example.net", "127.0.0.1")
        .txt("_mta-sts.example.net", "v=STSv1; id=1;");
  }

  @AfterEach
  void stop() {
    outbound.close();
    policyHost.close();
    partner.close();
  }

  private SSLContext tls(String host) throws IOException {
    return tls(certificates.issue(host, host));
  }

  private static SSLContext tls(TestCertificates.Pair pair) {
    return TlsContexts.server(
        new PemCertificates(
            Settings.of(
                TlsConfig.class,
                Map.of(
                    "postroom.tls.certificates[0].chain", pair.chain().toString(),
                    "postroom.tls.certificates[0].key", pair.key().toString()))));
  }

  private void policy(String mode, String mx) {
    policyHost.says("version: STSv1", "mode: " + mode, "mx: " + mx, "max_age: 604800");
  }

  private Attempt send() throws IOException {
    return outbound
        .delivery
        .deliver(outbound.shipment(MAIL, "ben@example.net"))
        .attempts()
        .getFirst();
  }

  private void isDelivered(String security) throws IOException {
    assertThat(send())
        .isInstanceOfSatisfying(
            Attempt.Delivered.class,
            delivered -> assertThat(delivered.security()).endsWith(security));
  }

  private void waits(String why) throws IOException {
    int before = partner.messages().size();
    assertThat(send())
        .isInstanceOfSatisfying(
            Attempt.Deferred.class,
            deferred -> {
              assertThat(deferred.status()).hasToString("4.7.5");
              assertThat(deferred.diagnostic()).contains(why);
            });
    assertThat(partner.messages()).hasSize(before);
  }

  @Test
  void aHostOfThePolicyWithAGoodCertificateIsVerified() throws IOException {
    isDelivered(", verified by MTA-STS");
    isDelivered(", verified by MTA-STS");
    assertThat(policyHost.asked())
        .containsExactly("mta-sts.example.net:" + policyHost.port() + "/.well-known/mta-sts.txt");
  }

  @Test
  void aHostThatIsNotInThePolicyWaits() throws IOException {
    policy("enforce", "other.example.net");
    waits("mx.example.net is not a mail server of example.net by its MTA-STS policy");
  }

  @Test
  void aWildcardStandsForOneLabel() throws IOException {
    policy("enforce", "*.example.net");
    isDelivered(", verified by MTA-STS");
  }

  @Test
  void aHostThatHidesStarttlsWaits() throws IOException {
    partner.tls(null);
    waits("does not offer STARTTLS, and MTA-STS demands it");
  }

  @Test
  void aCertificateForAnotherNameWaits() throws IOException {
    partner.tls(tls("other.example.net"));
    waits("the certificate is for other.example.net, not for mx.example.net");
  }

  @Test
  void aCommonNameSaysNothingAboutTheHost() throws IOException {
    partner.tls(tls(certificates.issueWithoutAlternativeNames("old", "mx.example.net")));
    waits("the certificate is for nobody, not for mx.example.net");
  }

  @Test
  void aCertificateFromNowhereWaits() throws IOException {
    var before = certificates;
    certificates = new TestCertificates(folder.resolve("nowhere"));
    partner.tls(tls("mx.example.net"));
    certificates = before;
    waits("the certificate is not trusted");
  }

  @Test
  void testingDeliversAllTheSame() throws IOException {
    policy("testing", "other.example.net");
    partner.tls(tls("other.example.net"));
    isDelivered(", unverified");
    partner.tls(null);
    outbound.close();
    open();
    isDelivered("none");
    assertThat(outbound.sessions)
        .extracting(session -> session.fault().map(TlsFault::type))
        .containsExactly(Optional.of(TlsFault.Type.STARTTLS_NOT_SUPPORTED));
  }

  @Test
  void whatHappensIsCountedOnceForEachConnection() throws IOException {
    isDelivered(", verified by MTA-STS");
    isDelivered(", verified by MTA-STS");
    assertThat(outbound.sessions).hasSize(1);
    var session = outbound.sessions.getFirst();
    assertThat(session.fault()).isEmpty();
    assertThat(session.policy()).isEqualTo(TlsSession.Policy.STS);
    assertThat(session.policyText()).contains("mode: enforce", "mx: mx.example.net");
    assertThat(session.policyHosts()).containsExactly("mx.example.net");
    assertThat(session.localIp()).isEqualTo("127.0.0.1");
    partner.down();
    partner.up();
    partner.tls(tls("other.example.net"));
    waits("not for mx.example.net");
    assertThat(outbound.sessions.getLast().fault().map(TlsFault::type))
        .contains(TlsFault.Type.CERTIFICATE_HOST_MISMATCH);
  }

  @Test
  void inTestingAHostThatIsNotInThePolicyIsReported() throws IOException {
    policy("testing", "other.example.net");
    isDelivered(", verified by MTA-STS");
    assertThat(outbound.sessions.getLast().fault().map(TlsFault::type))
        .contains(TlsFault.Type.VALIDATION_FAILURE);
  }

  @Test
  void aPolicyThatCannotBeHadIsReported() throws IOException {
    policyHost.answers(404);
    isDelivered(", unverified");
    assertThat(outbound.sessions.getLast().fault().map(TlsFault::type))
        .contains(TlsFault.Type.STS_POLICY_FETCH_ERROR);
  }

  @Test
  void noneIsAsIfThereWereNoPolicy() throws IOException {
    policy("none", "other.example.net");
    isDelivered(", unverified");
  }

  @Test
  void withoutTheRecordNobodyIsAsked() throws IOException {
    outbound.dns.remove("_mta-sts.example.net");
    isDelivered(", unverified");
    assertThat(policyHost.asked()).isEmpty();
  }

  @Test
  void aPolicyThatIsKnownCountsThoughItsRecordAndHostAreGone() throws IOException {
    isDelivered(", verified by MTA-STS");
    outbound.dns.remove("_mta-sts.example.net");
    policyHost.down();
    partner.tls(null);
    partner.down();
    partner.up();
    outbound.sts.clock.forward(Duration.ofDays(6));
    waits("does not offer STARTTLS");
    outbound.sts.clock.forward(Duration.ofDays(2));
    isDelivered("none");
    policyHost.up();
  }

  @Test
  void whatRequiresTlsWaitsWhileAHostIsNotReached() throws IOException {
    policy("enforce", "*.example.net");
    var options = MailOptions.NONE.withRequireTls(true);
    var mail = outbound.shipment(MAIL, options, RecipientOptions.NONE, "ben@example.net");
    outbound
        .dns
        .mx("example.net", 5, "down.example.net")
        .address("down.example.net", "127.0.0.9"); // nobody listens there
    assertThat(outbound.delivery.deliver(mail).attempts())
        .first()
        .isInstanceOfSatisfying(
            Attempt.Deferred.class,
            deferred -> assertThat(deferred.remoteHost()).isEqualTo("down.example.net"));
    assertThat(partner.connections()).as("the one that lacks REQUIRETLS was asked").isEqualTo(1);
    outbound.dns.remove("down.example.net").address("down.example.net", "127.0.0.1");
    assertThat(outbound.delivery.deliver(mail).attempts())
        .first()
        .isInstanceOf(Attempt.Refused.class);
  }

  @Test
  void aNewIdBringsTheNewPolicy() throws IOException {
    isDelivered(", verified by MTA-STS");
    policy("enforce", "other.example.net");
    isDelivered(", verified by MTA-STS");
    outbound.dns.remove("_mta-sts.example.net").txt("_mta-sts.example.net", "v=STSv1; id=2");
    waits("is not a mail server of example.net");
  }

  @Test
  void aNewIdWhoseFileCannotBeHadLeavesTheOldPolicy() throws IOException {
    isDelivered(", verified by MTA-STS");
    policyHost.answers(500);
    outbound.dns.remove("_mta-sts.example.net").txt("_mta-sts.example.net", "v=STSv1; id=2");
    isDelivered(", verified by MTA-STS");
  }

  @Test
  void aPolicyInUseIsFetchedAnewEachDay() throws IOException {
    isDelivered(", verified by MTA-STS");
    outbound.sts.clock.forward(Duration.ofHours(25));
    isDelivered(", verified by MTA-STS");
    Awaitility.await().untilAsserted(() -> assertThat(policyHost.asked()).hasSize(2));
  }

  @Test
  void whatIsNotAPolicyIsNone() throws IOException {
    policyHost.says("<html>");
    isDelivered(", unverified");
    isDelivered(", unverified");
    assertThat(policyHost.asked()).as("not asked again at once").hasSize(1);
    policy("enforce", "other.example.net");
    outbound.sts.clock.forward(Duration.ofMinutes(6));
    waits("is not a mail server");
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    policyHost.answers(302);
    isDelivered(", unverified");
    assertThat(policyHost.asked()).hasSize(1);
  }

  @Test
  void anotherTypeThanTextIsNoPolicy() throws IOException {
    policyHost.type("text/html");
    isDelivered(", unverified");
  }

  @Test
  void aPolicyWithoutEndIsNotRead() throws IOException {
    policyHost.says(
        "version: STSv1",
        "mode: enforce",
        "mx: other.example.net",
        "max_age: 604800",
        "x: " + "x".repeat(70_000));
    isDelivered(", unverified");
    outbound.close();
    open("postroom.sts.max-policy", "80K");
    waits("is not a mail server");
  }

  @Test
  void aPolicyHostThatNobodyAnswersForIsNotBelieved() throws IOException {
    policyHost.close();
    policyHost = PolicyHost.start(tls("mta-sts.example.org"));
    policy("enforce", "other.example.net");
    outbound.close();
    open();
    isDelivered(", unverified");
    assertThat(policyHost.asked()).isEmpty();
  }

  @Test
  void aRouteOfTheConfigurationGoesPastThePolicy() throws IOException {
    outbound.close();
    policy("enforce", "other.example.net");
    open("postroom.outbound.routes.\"example.net\"", "127.0.0.1:" + partner.port());
    isDelivered(", unverified");
  }
}
