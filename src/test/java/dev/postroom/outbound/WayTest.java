package dev.postroom.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.testing.Settings;
import dev.postroom.testing.SmtpPartner;
import dev.postroom.testing.TestCertificates;
import dev.postroom.tls.PemCertificates;
import dev.postroom.tls.TlsConfig;
import dev.postroom.tls.TlsContexts;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail of senders who have a relay host or an address of their own. */
class WayTest {
  private static final String MAIL = "Subject: hello\r\n\r\nHow are you?\r\n";

  @TempDir Path folder;
  private SmtpPartner direct;
  private SmtpPartner relay;
  private TestOutbound outbound;

  @BeforeEach
  void start() throws IOException {
    direct = SmtpPartner.start();
    relay = SmtpPartner.start();
    outbound =
        new TestOutbound(
            folder,
            "postroom.outbound.port",
            String.valueOf(direct.port()),
            "postroom.outbound.sources.\"127.0.0.2\"",
            "two.postroom.test");
    outbound.dns.mx("example.net", 10, "mx.example.net").address("mx.example.net", "127.0.0.1");
  }

  @AfterEach
  void stop() {
    outbound.close();
    direct.close();
    relay.close();
  }

  private List<Attempt> send() throws IOException {
    return outbound.delivery.deliver(outbound.shipment(MAIL, "ben@example.net")).attempts();
  }

  private Way.Relay relay(TlsMode tls, @Nullable Login login, boolean trusted) {
    return new Way.Relay("127.0.0.1", relay.port(), tls, login, trusted);
  }

  @Test
  void theRelayHostOfTheSenderTakesItsMailWithItsLogin() throws Exception {
    var certificate = new TestCertificates(folder.resolve("ca")).issue("relay", "relay.example");
    relay.tls(
        TlsContexts.server(
            new PemCertificates(
                Settings.of(
                    TlsConfig.class,
                    Map.of(
                        "postroom.tls.certificates[0].chain", certificate.chain().toString(),
                        "postroom.tls.certificates[0].key", certificate.key().toString())))));
    var login = Base64.getEncoder().encodeToString("\0me\0s3cret".getBytes(StandardCharsets.UTF_8));
    relay.extensions("AUTH PLAIN").on("AUTH PLAIN " + login, "235 2.7.0 welcome");
    outbound.way = new Way(relay(TlsMode.REQUIRED, new Login("me", "s3cret"), true), null, null);
    assertThat(send()).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(relay.messages()).extracting(SmtpPartner.Received::tls).containsExactly("TLSv1.3");
    assertThat(relay.commands()).contains("AUTH PLAIN " + login);
    assertThat(direct.connections()).isZero();
  }

  @Test
  void aPasswordIsNotSentInTheClear() throws IOException {
    relay.extensions("AUTH PLAIN");
    outbound.way = new Way(relay(TlsMode.VERIFIED, new Login("me", "s3cret"), true), null, null);
    assertThat(send()).allMatch(Attempt.Deferred.class::isInstance);
    assertThat(relay.commands()).noneMatch(command -> command.startsWith("AUTH"));
    assertThatThrownBy(() -> relay(TlsMode.OPPORTUNISTIC, new Login("me", "x"), true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatACustomerNamesMayNotBeAPrivateAddress() throws IOException {
    outbound.way = new Way(relay(TlsMode.OPPORTUNISTIC, null, false), null, null);
    assertThat(send())
        .allMatch(
            attempt ->
                attempt instanceof Attempt.Deferred(_, _, var why)
                    && why.contains("no address on the Internet"));
    assertThat(relay.connections()).isZero();
    outbound.way = new Way(relay(TlsMode.OPPORTUNISTIC, null, true), null, null);
    assertThat(send()).allMatch(Attempt.Delivered.class::isInstance);
  }

  @Test
  void whatACustomerNamesMayNotBeAPublicAddressOfThisMachine() throws IOException {
    var address = InetAddress.ofLiteral("192.0.2.1");
    outbound.moreAddresses.add(address);
    assertThat(PublicAddress.is(address)).isTrue();
    outbound.way =
        new Way(new Way.Relay("192.0.2.1", 3306, TlsMode.OPPORTUNISTIC, null, false), null, null);
    assertThat(send())
        .allMatch(
            attempt ->
                attempt instanceof Attempt.Deferred(_, _, var why)
                    && why.contains("no address on the Internet"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::",
        "ff02::1"
      })
  void privateAddressesAreKnown(String address) {
    assertThat(PublicAddress.is(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "100.128.0.1", "100.63.0.1", "2001:db8::1"})
  void publicAddressesAreKnown(String address) {
    assertThat(PublicAddress.is(InetAddress.ofLiteral(address))).isTrue();
  }

  @Test
  void mailLeavesFromTheSendersOwnAddressUnderItsName() throws IOException {
    send();
    outbound.way = new Way(null, (Inet4Address) InetAddress.ofLiteral("127.0.0.2"), null);
    assertThat(send()).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(direct.peers()).containsExactly("127.0.0.1", "127.0.0.2");
    assertThat(direct.commands()).contains("EHLO two.postroom.test", "EHLO mail.postroom.test");
    send();
    assertThat(direct.connections()).as("connections are kept for each way").isEqualTo(2);
  }

  @Test
  void whoHasAnAddressOfItsOwnIsSeenAtNoOther() throws IOException {
    outbound.way = new Way(null, null, (Inet6Address) InetAddress.ofLiteral("2001:db8::7"));
    assertThat(send()).allMatch(Attempt.Deferred.class::isInstance);
    assertThat(direct.connections()).isZero();
  }
}
