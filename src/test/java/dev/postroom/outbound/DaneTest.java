package dev.postroom.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.Knot;
import dev.postroom.testing.Settings;
import dev.postroom.testing.SmtpPartner;
import dev.postroom.testing.TestCertificates;
import dev.postroom.tls.PemCertificates;
import dev.postroom.tls.TlsConfig;
import dev.postroom.tls.TlsContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** RFC 7672, with zones that Knot signs and answers that we validate. */
@EnabledIf("dev.postroom.testing.Knot#canRun")
class DaneTest {
  private static final String MAIL = "Subject: hello\r\n\r\nHow are you?\r\n";

  @TempDir static Path shared;
  private static SmtpPartner partner;
  private static Knot knot;
  private static SSLContext tls;
  private static List<X509Certificate> chain;

  @TempDir Path folder;
  private TestOutbound outbound;

  @BeforeAll
  static void sign() throws Exception {
    partner = SmtpPartner.start();
    var certificates = new TestCertificates(shared.resolve("ca"));
    var pair = certificates.issue("mx", "mx-authority.signed.test", "mx-requires.signed.test");
    tls = context(pair);
    chain = chain(pair.chain());
    knot = Knot.start(signed(), plain(), List.of("@ MX 10 mx", "mx A 127.0.0.1"));
  }

  @AfterAll
  static void stopAll() throws Exception {
    knot.close();
    partner.close();
  }

  private static List<String> signed() throws Exception {
    var lines = new ArrayList<String>();
    host(lines, "right", "3 1 1 " + digest("SHA-256", key()));
    host(lines, "whole", "3 0 2 " + digest("SHA-512", certificate(0)));
    host(lines, "exact", "3 0 0 " + HexFormat.of().formatHex(certificate(0)));
    host(lines, "wrong", "3 1 1 " + "ab".repeat(32));
    host(lines, "rollover", "3 1 1 " + "ab".repeat(32), "3 1 1 " + digest("SHA-256", key()));
    host(
        lines,
        "agile",
        "3 1 2 " + "ab".repeat(64),
        "3 1 1 " + digest("SHA-256", key())); // RFC 7671 §9
    host(lines, "authority", "2 0 1 " + digest("SHA-256", certificate(1)));
    host(lines, "othername", "2 0 1 " + digest("SHA-256", certificate(1)));
    host(lines, "unusable", "0 0 1 " + "ab".repeat(32));
    host(lines, "none");
    host(lines, "requires", "3 1 1 " + digest("SHA-256", key()));
    lines.add("alias MX 10 mx-alias");
    lines.add("mx-alias CNAME mx-wrong");
    lines.add("two MX 10 mx-wrong");
    lines.add("two MX 20 mx-right");
    lines.add("elsewhere MX 10 mx.plain.test.");
    return lines;
  }

  private static List<String> plain() {
    return List.of(
        "@ MX 10 mx",
        "mx A 127.0.0.1",
        "_%d._tcp.mx TLSA 3 1 1 %s".formatted(partner.port(), "ab".repeat(32)));
  }

  private static void host(List<String> lines, String name, String... records) {
    lines.add("%s MX 10 mx-%s".formatted(name, name));
    lines.add("mx-%s A 127.0.0.1".formatted(name));
    for (var tlsa : records) {
      lines.add("_%d._tcp.mx-%s TLSA %s".formatted(partner.port(), name, tlsa));
    }
  }

  private static byte[] certificate(int index) throws Exception {
    return chain.get(index).getEncoded();
  }

  private static byte[] key() {
    return chain.getFirst().getPublicKey().getEncoded();
  }

  private static String digest(String algorithm, byte[] octets) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(octets));
  }

  private static List<X509Certificate> chain(Path file) throws Exception {
    try (var in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    }
  }

  private static SSLContext context(TestCertificates.Pair pair) {
    return TlsContexts.server(
        new PemCertificates(
            Settings.of(
                TlsConfig.class,
                Map.of(
                    "postroom.tls.certificates[0].chain", pair.chain().toString(),
                    "postroom.tls.certificates[0].key", pair.key().toString()))));
  }

  @BeforeEach
  void start() throws IOException {
    partner.extensions("PIPELINING").tls(tls);
    outbound =
        new TestOutbound(
            folder,
            "postroom.dns.servers",
            knot.address(),
            "postroom.dns.dnssec",
            "validate",
            "postroom.dns.timeout",
            "5s",
            "postroom.dns.trust-anchors",
            knot.trustAnchors().toString(),
            "postroom.outbound.port",
            String.valueOf(partner.port()));
  }

  @AfterEach
  void stop() {
    outbound.close();
  }

  private Attempt send(String domain) throws IOException {
    return outbound
        .delivery
        .deliver(outbound.shipment(MAIL, "ben@" + domain))
        .attempts()
        .getFirst();
  }

  private void isDelivered(String domain, String security) throws IOException {
    int before = partner.messages().size();
    assertThat(send(domain))
        .isInstanceOfSatisfying(
            Attempt.Delivered.class,
            delivered ->
                assertThat(delivered.security()).startsWith("TLSv1.3 ").endsWith(security));
    assertThat(partner.messages()).hasSize(before + 1);
  }

  private void waits(String domain, String status, String why) throws IOException {
    int before = partner.messages().size();
    assertThat(send(domain))
        .isInstanceOfSatisfying(
            Attempt.Deferred.class,
            deferred -> {
              assertThat(deferred.status()).hasToString(status);
              assertThat(deferred.diagnostic()).contains(why);
            });
    assertThat(partner.messages()).hasSize(before);
  }

  @Test
  void theRightCertificateIsVerifiedWhateverItsNameSays() throws IOException {
    isDelivered("right.signed.test", ", verified by DANE");
    isDelivered("whole.signed.test", ", verified by DANE");
    isDelivered("exact.signed.test", ", verified by DANE");
  }

  @Test
  void anotherCertificateWaits() throws IOException {
    waits("wrong.signed.test", "4.7.5", "matches none of the TLSA records of mx-wrong.signed.test");
  }

  @Test
  void oneRecordThatMatchesIsEnough() throws IOException {
    isDelivered("rollover.signed.test", ", verified by DANE");
  }

  @Test
  void aWeakerDigestDoesNotCountBesideAStrongerOne() throws IOException {
    waits("agile.signed.test", "4.7.5", "matches none");
  }

  @Test
  void underATrustAnchorTheNameCounts() throws IOException {
    isDelivered("authority.signed.test", ", verified by DANE");
    waits("othername.signed.test", "4.7.5", "not for");
  }

  @Test
  void recordsThatNobodyCanUseStillDemandTls() throws IOException {
    isDelivered("unusable.signed.test", ", unverified");
    outbound.close();
    start();
    partner.tls(null);
    waits("unusable.signed.test", "4.7.5", "does not offer STARTTLS");
  }

  @Test
  void aHostThatHidesStarttlsGetsNothing() throws IOException {
    partner.tls(null);
    waits("right.signed.test", "4.7.5", "does not offer STARTTLS, and its TLSA records demand TLS");
    partner.tls(tls).on("STARTTLS", "454 4.7.0 not now");
    waits("right.signed.test", "4.7.5", "answers STARTTLS with 454");
    partner.on("STARTTLS", "220 go on");
  }

  @Test
  void withoutRecordsAnythingGoes() throws IOException {
    isDelivered("none.signed.test", ", unverified");
  }

  @Test
  void recordsThatNobodySignedDoNotCount() throws IOException {
    isDelivered("plain.test", ", unverified");
    isDelivered("elsewhere.signed.test", ", unverified");
  }

  @Test
  void wrongSignaturesWait() throws IOException {
    waits("bogus.test", "4.4.3", "DNSSEC");
  }

  @Test
  void theRecordsOfWhereAnAliasEndsCount() throws IOException {
    waits("alias.signed.test", "4.7.5", "TLSA records of mx-wrong.signed.test");
  }

  @Test
  void aHostThatIsNotAsItShouldBeLeavesTheOthers() throws IOException {
    isDelivered("two.signed.test", ", verified by DANE");
  }

  @Test
  void aConnectionOpenedWithoutADemandDoesNotServeOneThatHasIt() throws IOException {
    isDelivered("none.signed.test", ", unverified");
    waits("wrong.signed.test", "4.7.5", "matches none");
    isDelivered("right.signed.test", ", verified by DANE");
  }

  @Test
  void aSenderMayPutDeliveryFirst() throws IOException {
    var mail = "Subject: x\r\nTLS-Required: No\r\n\r\nx\r\n";
    assertThat(
            outbound.delivery.deliver(outbound.shipment(mail, "ben@wrong.signed.test")).attempts())
        .first()
        .isInstanceOfSatisfying(
            Attempt.Delivered.class,
            delivered -> assertThat(delivered.security()).endsWith(", unverified"));
  }

  @Test
  void requiredTlsNeedsAServerThatOffersItAndSomebodyWhoAnswersForIt() throws IOException {
    assertThat(required("requires.signed.test"))
        .isInstanceOfSatisfying(
            Attempt.Refused.class, refused -> assertThat(refused.status()).hasToString("5.7.30"));
    outbound.close();
    start();
    partner.extensions("REQUIRETLS");
    assertThat(required("requires.signed.test")).isInstanceOf(Attempt.Delivered.class);
    assertThat(partner.commands()).contains("MAIL FROM:<ann@postroom.test> REQUIRETLS");
    assertThat(required("wrong.signed.test"))
        .isInstanceOfSatisfying(
            Attempt.Refused.class, refused -> assertThat(refused.status()).hasToString("5.7.10"));
    assertThat(required("plain.test"))
        .isInstanceOfSatisfying(
            Attempt.Refused.class,
            refused -> assertThat(refused.diagnostic()).contains("neither DNSSEC nor MTA-STS"));
  }

  private Attempt required(String domain) throws IOException {
    var plain = outbound.shipment(MAIL, "ben@" + domain);
    var requiring =
        new Shipment(
            plain.trace(),
            plain.reversePath(),
            plain.domain(),
            plain.recipients(),
            plain.content(),
            plain.size(),
            plain.extraHeader(),
            plain.eightBit(),
            plain.accountId(),
            plain.options().withRequireTls(true),
            plain.recipientOptions());
    return outbound.delivery.deliver(requiring).attempts().getFirst();
  }
}
