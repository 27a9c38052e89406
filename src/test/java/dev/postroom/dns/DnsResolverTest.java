package dev.postroom.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.testing.DnsServer;
import dev.postroom.testing.DnsServer.Behaviour;
import dev.postroom.testing.Settings;
import dev.postroom.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DnsResolverTest {
  private final TestClock clock = new TestClock();
  private DnsServer dns;
  private Resolver resolver;

  @BeforeEach
  void start() throws IOException {
    dns = DnsServer.start();
    resolver = resolver("postroom.dns.servers", dns.address());
  }

  @AfterEach
  void stop() {
    dns.close();
  }

  private Resolver resolver(String... settings) {
    var all = new java.util.ArrayList<>(java.util.List.of(settings));
    all.add("postroom.dns.timeout");
    all.add("300ms");
    var config = Settings.of(DnsConfig.class, all.toArray(String[]::new));
    return new DnsResolver(config, clock, new SimpleMeterRegistry());
  }

  @Test
  void mailExchangersComeInAsciiLowerCaseWithoutTheFinalDot() {
    dns.mx("example.net", 10, "MX1.Example.NET").mx("example.net", 20, "xn--bcher-kva.example");
    assertThat(resolver.mx("Example.net").recordsOrNone())
        .containsExactlyInAnyOrder(
            new MxRecord(10, "mx1.example.net"), new MxRecord(20, "xn--bcher-kva.example"));
  }

  @Test
  void aNullMxHasAnEmptyExchange() {
    dns.mx("example.net", 0, ".");
    assertThat(resolver.mx("example.net").recordsOrNone()).containsExactly(new MxRecord(0, ""));
  }

  @Test
  void addressesOfBothFamiliesComeTogether() throws IOException {
    dns.address("mx.example.net", "192.0.2.1").address("mx.example.net", "2001:db8::1");
    assertThat(resolver.addresses("mx.example.net").recordsOrNone())
        .containsExactly(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1"));
  }

  @Test
  void aNameWithoutRecordsOfTheTypeIsNotTheSameAsNoName() {
    dns.exists("here.example.net");
    assertThat(resolver.mx("here.example.net")).isInstanceOf(Answer.NoData.class);
    assertThat(resolver.addresses("here.example.net")).isInstanceOf(Answer.NoData.class);
    assertThat(resolver.mx("nowhere.example.net")).isInstanceOf(Answer.NoSuchName.class);
    assertThat(resolver.addresses("nowhere.example.net")).isInstanceOf(Answer.NoSuchName.class);
  }

  @Test
  void theStringsOfATextRecordAreJoined() {
    dns.record("example.net", "TXT", "\"v=spf1 ip4:192.0.2.1\" \" -all\"");
    dns.txt("example.net", "another");
    assertThat(resolver.txt("example.net").recordsOrNone())
        .containsExactlyInAnyOrder("v=spf1 ip4:192.0.2.1 -all", "another");
  }

  @Test
  void anAddressHasItsHostNames() throws IOException {
    var address = InetAddress.getByName("192.0.2.7");
    dns.ptr(address, "Seven.example.net");
    assertThat(resolver.ptr(address).recordsOrNone()).containsExactly("seven.example.net");
  }

  @Test
  void aliasesAreFollowedWhetherOrNotTheServerDoesIt() {
    dns.cname("www.example.net", "a.example.net").cname("a.example.net", "b.example.net");
    dns.mx("b.example.net", 5, "mx.example.net");
    assertThat(resolver.mx("www.example.net").recordsOrNone())
        .containsExactly(new MxRecord(5, "mx.example.net"));
    dns.followsAliases(false);
    assertThat(resolver.mx("www.example.net").recordsOrNone())
        .containsExactly(new MxRecord(5, "mx.example.net"));
  }

  @Test
  void aliasesInACircleAreTrouble() {
    dns.cname("a.example.net", "b.example.net").cname("b.example.net", "a.example.net");
    assertThat(resolver.mx("a.example.net")).isInstanceOf(Answer.Trouble.class);
    dns.followsAliases(false);
    assertThat(resolver.txt("a.example.net")).isInstanceOf(Answer.Trouble.class);
  }

  @Test
  void aTruncatedAnswerIsAskedForAgainOverTcp() {
    IntStream.range(0, 200).forEach(i -> dns.txt("big.example.net", "text number " + i));
    dns.behave("big.example.net", Behaviour.TRUNCATE);
    assertThat(resolver.txt("big.example.net").recordsOrNone()).hasSize(200);
    assertThat(dns.asked("big.example.net")).last().matches(DnsServer.Asked::tcp);
  }

  @Test
  void theNextServerIsAskedWhenOneIsSilentOrFails() throws IOException {
    try (var second = DnsServer.start()) {
      second
          .mx("one.example.net", 10, "mx.example.net")
          .mx("two.example.net", 10, "mx.example.net");
      dns.behave("one.example.net", Behaviour.SILENT).behave("two.example.net", Behaviour.SERVFAIL);
      var both = resolver("postroom.dns.servers", dns.address() + "," + second.address());
      assertThat(both.mx("one.example.net")).isInstanceOf(Answer.Found.class);
      assertThat(both.mx("two.example.net")).isInstanceOf(Answer.Found.class);
    }
  }

  @Test
  void silenceAndFailureAreTroubleThatPasses() {
    dns.behave(Behaviour.SILENT);
    assertThat(resolver.mx("one.example.net")).isInstanceOf(Answer.Trouble.class);
    dns.behave(Behaviour.SERVFAIL);
    assertThat(resolver.mx("two.example.net")).isInstanceOf(Answer.Trouble.class);
    assertThat(resolver.addresses("two.example.net")).isInstanceOf(Answer.Trouble.class);
    dns.behave(Behaviour.ANSWER).mx("one.example.net", 1, "mx.example.net");
    clock.forward(Duration.ofSeconds(2));
    assertThat(resolver.mx("one.example.net")).isInstanceOf(Answer.Found.class);
  }

  @Test
  void anAnswerIsKeptForItsTtlAndNoLonger() {
    dns.ttl(60).mx("example.net", 10, "mx.example.net");
    resolver.mx("example.net");
    clock.forward(Duration.ofSeconds(59));
    resolver.mx("EXAMPLE.net");
    assertThat(dns.asked("example.net")).hasSize(1);
    clock.forward(Duration.ofSeconds(2));
    resolver.mx("example.net");
    assertThat(dns.asked("example.net")).hasSize(2);
  }

  @Test
  void absenceIsKeptForTheMinimumOfTheZone() {
    dns.negativeTtl(30);
    resolver.mx("nowhere.example.net");
    clock.forward(Duration.ofSeconds(29));
    assertThat(resolver.mx("nowhere.example.net")).isInstanceOf(Answer.NoSuchName.class);
    assertThat(dns.asked("nowhere.example.net")).hasSize(1);
    clock.forward(Duration.ofSeconds(2));
    resolver.mx("nowhere.example.net");
    assertThat(dns.asked("nowhere.example.net")).hasSize(2);
  }

  @Test
  void askedAnewItForgetsWhatItKnew() {
    dns.negativeTtl(300);
    assertThat(resolver.txt("token.example.net")).isInstanceOf(Answer.NoSuchName.class);
    dns.txt("token.example.net", "here");
    assertThat(resolver.txt("token.example.net")).isInstanceOf(Answer.NoSuchName.class);
    assertThat(resolver.anew().txt("token.example.net").recordsOrNone()).containsExactly("here");
    assertThat(resolver.txt("token.example.net").recordsOrNone()).containsExactly("here");
  }

  @Test
  void manyCallersWithOneQuestionAskItOnce() {
    dns.ttl(60).mx("example.net", 10, "mx.example.net");
    var callers =
        IntStream.range(0, 100)
            .mapToObj(
                _ ->
                    CompletableFuture.supplyAsync(
                        () -> resolver.mx("example.net"), Thread::startVirtualThread))
            .toList();
    assertThat(callers).allSatisfy(c -> assertThat(c.join()).isInstanceOf(Answer.Found.class));
    assertThat(dns.asked("example.net")).hasSize(1);
  }

  @Test
  void theServersWordOnDnssecCountsOnlyWhenItIsTrusted() {
    dns.authenticates(true).mx("example.net", 10, "mx.example.net");
    assertThat(resolver.mx("example.net"))
        .isInstanceOfSatisfying(
            Answer.Found.class, found -> assertThat(found.authenticated()).isFalse());
    var trusting =
        resolver("postroom.dns.servers", dns.address(), "postroom.dns.dnssec", "servers");
    assertThat(trusting.mx("example.net"))
        .isInstanceOfSatisfying(
            Answer.Found.class, found -> assertThat(found.authenticated()).isTrue());
  }

  @Test
  void aNameThatTheDnsCannotHoldDoesNotExist() {
    assertThat(resolver.mx("a".repeat(64) + ".example.net")).isInstanceOf(Answer.NoSuchName.class);
    assertThat(resolver.mx("a..b")).isInstanceOf(Answer.NoSuchName.class);
  }

  @Test
  void serversAreGivenWithAndWithoutPort() {
    assertThat(Servers.address("192.0.2.53")).isEqualTo(new InetSocketAddress("192.0.2.53", 53));
    assertThat(Servers.address("192.0.2.53:54")).isEqualTo(new InetSocketAddress("192.0.2.53", 54));
    assertThat(Servers.address("2001:db8::53"))
        .isEqualTo(new InetSocketAddress("2001:db8::53", 53));
    assertThat(Servers.address("[2001:db8::53]:54"))
        .isEqualTo(new InetSocketAddress("2001:db8::53", 54));
    assertThatThrownBy(() -> Servers.address("192.0.2.53:port"))
        .hasMessageContaining("not an addr");
  }
}
