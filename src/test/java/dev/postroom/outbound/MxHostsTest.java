package dev.postroom.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.DnsServer.Behaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 5321 §5.1, RFC 7505. */
class MxHostsTest {
  @TempDir Path folder;
  private TestOutbound outbound;

  @BeforeEach
  void start() throws IOException {
    restart();
  }

  private void restart(String... settings) throws IOException {
    if (outbound != null) {
      outbound.close();
    }
    outbound = new TestOutbound(folder, settings);
  }

  @AfterEach
  void stop() {
    outbound.close();
  }

  private List<String> found(String domain) {
    var hosts = outbound.mxHosts.of(TestOutbound.domain(domain));
    assertThat(hosts).isInstanceOf(Hosts.Found.class);
    return ((Hosts.Found) hosts).hosts().stream().map(RemoteHost::toString).toList();
  }

  private String nowhere(String domain) {
    var hosts = outbound.mxHosts.of(TestOutbound.domain(domain));
    assertThat(hosts).isInstanceOf(Hosts.Nowhere.class);
    return ((Hosts.Nowhere) hosts).status().toString();
  }

  private String unknown(String domain) {
    var hosts = outbound.mxHosts.of(TestOutbound.domain(domain));
    assertThat(hosts).isInstanceOf(Hosts.Unknown.class);
    return ((Hosts.Unknown) hosts).status().toString();
  }

  @Test
  void theLowestPreferenceComesFirst() {
    outbound
        .dns
        .mx("example.net", 30, "c.example.net")
        .mx("example.net", 10, "a.example.net")
        .mx("example.net", 20, "b.example.net")
        .address("a.example.net", "192.0.2.1")
        .address("b.example.net", "192.0.2.2")
        .address("c.example.net", "192.0.2.3");
    assertThat(found("example.net"))
        .containsExactly(
            "a.example.net [192.0.2.1]:25",
            "b.example.net [192.0.2.2]:25",
            "c.example.net [192.0.2.3]:25");
  }

  @Test
  void equalPreferencesTakeTurns() {
    for (int i = 0; i < 4; i++) {
      outbound.dns.mx("example.net", 10, "mx" + i + ".example.net");
      outbound.dns.address("mx" + i + ".example.net", "192.0.2." + i);
    }
    var firsts = new HashSet<String>();
    for (int i = 0; i < 50; i++) {
      firsts.add(found("example.net").getFirst());
    }
    assertThat(firsts).hasSize(4);
  }

  @Test
  void bothFamiliesAreTriedAndIpv4First() throws IOException {
    outbound
        .dns
        .mx("example.net", 10, "mx.example.net")
        .address("mx.example.net", "2001:db8::1")
        .address("mx.example.net", "192.0.2.1");
    assertThat(found("example.net"))
        .containsExactly(
            "mx.example.net [192.0.2.1]:25", "mx.example.net [2001:db8:0:0:0:0:0:1]:25");
  }

  @Test
  void ipv6CanBePreferred() throws IOException {
    restart("postroom.outbound.prefer-ipv6", "true");
    outbound.dns.address("example.net", "2001:db8::1").address("example.net", "192.0.2.1");
    assertThat(found("example.net")).first().asString().contains("2001:db8");
  }

  @Test
  void aDomainWithoutMxIsItsOwnExchanger() {
    outbound.dns.address("example.net", "192.0.2.9");
    assertThat(found("example.net")).containsExactly("example.net [192.0.2.9]:25");
  }

  @Test
  void aDomainWithNeitherMxNorAddressGoesBack() {
    outbound.dns.exists("example.net");
    assertThat(nowhere("example.net")).isEqualTo("5.4.4");
  }

  @Test
  void mxRecordsThatLeadNowhereDoNotFallBackToTheAddress() {
    outbound.dns.address("example.net", "192.0.2.9").mx("example.net", 10, "gone.example.net");
    assertThat(nowhere("example.net")).isEqualTo("5.4.4");
  }

  @Test
  void aDomainThatDoesNotExistGoesBack() {
    assertThat(nowhere("nowhere.example.net")).isEqualTo("5.1.2");
  }

  @Test
  void aNullMxGoesBack() {
    outbound.dns.mx("example.net", 0, ".").address("example.net", "192.0.2.9");
    assertThat(nowhere("example.net")).isEqualTo("5.1.10");
  }

  @Test
  void troubleWithTheDnsWaits() {
    outbound.dns.behave("one.example.net", Behaviour.SERVFAIL);
    assertThat(unknown("one.example.net")).isEqualTo("4.4.3");
    outbound.dns.mx("two.example.net", 10, "mx.example.net");
    outbound.dns.behave("mx.example.net", Behaviour.SILENT);
    assertThat(unknown("two.example.net")).isEqualTo("4.4.3");
  }

  @Test
  void troubleWithOneExchangerLeavesTheOthers() {
    outbound
        .dns
        .mx("example.net", 10, "a.example.net")
        .mx("example.net", 20, "b.example.net")
        .address("b.example.net", "192.0.2.2")
        .behave("a.example.net", Behaviour.SERVFAIL);
    assertThat(found("example.net")).containsExactly("b.example.net [192.0.2.2]:25");
  }

  @Test
  void anExchangerMayBeAnAlias() {
    outbound
        .dns
        .mx("example.net", 10, "alias.example.net")
        .cname("alias.example.net", "real.example.net")
        .address("real.example.net", "192.0.2.1");
    assertThat(found("example.net")).containsExactly("alias.example.net [192.0.2.1]:25");
  }

  @Test
  void thisServerAmongTheExchangersRulesOutItselfAndThoseBehind() {
    outbound
        .dns
        .mx("example.net", 10, "a.example.net")
        .mx("example.net", 20, "MAIL.postroom.test")
        .mx("example.net", 30, "c.example.net")
        .address("a.example.net", "192.0.2.1")
        .address("mail.postroom.test", "192.0.2.2")
        .address("c.example.net", "192.0.2.3");
    assertThat(found("example.net")).containsExactly("a.example.net [192.0.2.1]:25");
  }

  @Test
  void mailThatWouldComeBackHereGoesBackInstead() throws IOException {
    outbound.dns.mx("example.net", 10, "mail.postroom.test");
    outbound.dns.address("mail.postroom.test", "192.0.2.2");
    assertThat(nowhere("example.net")).isEqualTo("5.4.6");
    assertThat(nowhere("mail.postroom.test")).as("our own name").isEqualTo("5.4.6");
    restart("postroom.server.other-names", "mx1.postroom.test,mx2.postroom.test");
    outbound.dns.mx("example.org", 10, "mx2.postroom.test");
    assertThat(nowhere("example.org")).isEqualTo("5.4.6");
  }

  @Test
  void ourOwnPortIsRecognisedUnderAnyName() throws IOException {
    restart("postroom.outbound.port", "2525");
    outbound.dns.mx("example.net", 10, "mx.example.net").address("mx.example.net", "127.0.0.1");
    assertThat(found("example.net")).hasSize(1);
    outbound.listen("imap", 2525);
    assertThat(found("example.net")).as("not the port for mail from others").hasSize(1);
    outbound.listen("smtp", 2525);
    assertThat(nowhere("example.net")).isEqualTo("5.4.6");
    assertThat(nowhere("[127.0.0.1]")).isEqualTo("5.4.6");
  }

  @Test
  void anAddressLiteralIsTakenAtItsWord() {
    assertThat(found("[192.0.2.1]")).containsExactly("[192.0.2.1] [192.0.2.1]:25");
    assertThat(found("[IPv6:2001:db8::1]"))
        .containsExactly("[ipv6:2001:db8::1] [2001:db8:0:0:0:0:0:1]:25");
    assertThat(nowhere("[not.an.address]")).isEqualTo("5.1.2");
    assertThat(outbound.dns.asked()).isEmpty();
  }

  @Test
  void aRouteGoesBeforeTheDnsAndTheRelayAfterTheRoutes() throws IOException {
    restart(
        "postroom.outbound.routes.\"example.net\"", "127.0.0.1:2526",
        "postroom.outbound.routes.\"bücher.example\"", "[::1]:2527",
        "postroom.outbound.relay-host", "relay.example.org:587");
    outbound.dns.address("relay.example.org", "192.0.2.77");
    assertThat(found("example.net")).containsExactly("127.0.0.1 [127.0.0.1]:2526");
    assertThat(found("xn--bcher-kva.example")).containsExactly("[::1] [0:0:0:0:0:0:0:1]:2527");
    assertThat(found("example.com")).containsExactly("relay.example.org [192.0.2.77]:587");
  }

  @Test
  void aRelayHostThatIsNotKnownIsNotTheSendersFault() throws IOException {
    restart("postroom.outbound.relay-host", "relay.invalid");
    assertThat(unknown("example.com")).isEqualTo("4.4.4");
  }
}
