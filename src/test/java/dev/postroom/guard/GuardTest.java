package dev.postroom.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postroom.auth.LoginNoted;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import dev.postroom.guard.ClientRule.Kind;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Settings;
import dev.postroom.testing.TestClock;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules are in the database that all tests share, so each test has networks of its own. */
@PostroomTest
class GuardTest {
  @Inject RuleTable table;
  @Inject MeterRegistry meters;
  @Inject ClientRules administration;
  @Inject Fixtures fixtures;

  private final TestClock clock = new TestClock();
  private Rules rules;
  private Guard guard;

  @BeforeEach
  void start() {
    restart(Map.of());
  }

  /** As a process that has just started. */
  private void restart(Map<String, String> settings) {
    var config = Settings.of(GuardConfig.class, settings);
    rules = new Rules(config, table, clock, meters);
    rules.load();
    guard = new Guard(config, rules, meters, clock);
  }

  private static InetAddress at(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  private Standing offend(InetAddress client, Offence offence, int times) {
    var standing = guard.standing(client);
    for (int i = 0; i < times; i++) {
      standing = guard.report(client, offence);
    }
    return standing;
  }

  private void awaitWritten(String network) {
    await()
        .until(
            () ->
                table.all().stream()
                    .anyMatch(rule -> rule.network().equals(Network.parse(network))));
  }

  @Test
  void aClientIsFirstSlowedAndThenBanned() {
    var client = at("198.51.100.1");
    assertThat(offend(client, Offence.FAILED_LOGIN, 5)).isEqualTo(Standing.GOOD);
    assertThat(offend(client, Offence.FAILED_LOGIN, 1))
        .isEqualTo(new Standing(Duration.ofSeconds(3), false));
    assertThat(guard.ask(client)).isEmpty();
    assertThat(offend(client, Offence.FAILED_LOGIN, 13).banned()).isFalse();
    assertThat(offend(client, Offence.FAILED_LOGIN, 1).banned()).isTrue();
    var closed = guard.ask(client).orElseThrow();
    assertThat(closed.forGood()).isFalse();
    assertThat(closed.why())
        .matches(
            "198.51.100.1 is blocked until .* UTC because of too many offences, last failed"
                + " logins");
    assertThat(guard.ask(at("198.51.100.2"))).isEmpty();
  }

  @Test
  void pointsFadeAndGoodDeedsCount() {
    var client = at("198.51.100.10");
    offend(client, Offence.EARLY_TALK, 2);
    assertThat(guard.standing(client).delay()).isPositive();
    clock.forward(Duration.ofMinutes(10));
    assertThat(guard.standing(client)).isEqualTo(Standing.GOOD);
    offend(client, Offence.FAILED_LOGIN, 3); // 20 + 15
    assertThat(guard.standing(client).delay()).isPositive();
    guard.forgive(client);
    guard.heard(new LoginNoted(client, "imap", LoginNoted.Outcome.WELCOME));
    assertThat(guard.standing(client)).isEqualTo(Standing.GOOD);
  }

  @Test
  void anotherAddressOfTheSameIpv6NetworkIsTheSameClient() {
    offend(at("2001:db8:7::1"), Offence.EARLY_TALK, 5);
    assertThat(guard.ask(at("2001:db8:7::ffff:1"))).isPresent();
    assertThat(guard.ask(at("2001:db8:7:1::1"))).isEmpty();
  }

  @Test
  void aBanEndsAndTheNextOneLastsTwiceAsLong() {
    var client = at("198.51.100.20");
    offend(client, Offence.EARLY_TALK, 5);
    clock.forward(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(guard.ask(client)).isPresent();
    clock.forward(Duration.ofSeconds(2));
    assertThat(guard.ask(client)).isEmpty();
    offend(client, Offence.EARLY_TALK, 5);
    clock.forward(Duration.ofMinutes(20).minusSeconds(1));
    assertThat(guard.ask(client)).isPresent();
    clock.forward(Duration.ofSeconds(2));
    assertThat(guard.ask(client)).isEmpty();
  }

  @Test
  void bansDoubleUntilTheLongest() {
    assertThat(guard.length(0)).isEqualTo(Duration.ofMinutes(10));
    assertThat(guard.length(3)).isEqualTo(Duration.ofMinutes(80));
    assertThat(guard.length(8)).isEqualTo(Duration.ofDays(1));
    assertThat(guard.length(1000)).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void aBanOutlivesTheProcess() {
    var client = at("198.51.100.30");
    offend(client, Offence.EARLY_TALK, 5);
    awaitWritten("198.51.100.30");
    restart(Map.of());
    assertThat(guard.ask(client)).isPresent();
    clock.forward(Duration.ofMinutes(11));
    assertThat(guard.ask(client)).isEmpty();
    offend(client, Offence.EARLY_TALK, 5);
    clock.forward(Duration.ofMinutes(11)); // it is the second one: twenty minutes
    assertThat(guard.ask(client)).isPresent();
  }

  @Test
  void whoIsAllowedIsNeverJudged() {
    assertThat(offend(at("127.0.0.1"), Offence.EARLY_TALK, 50)).isEqualTo(Standing.GOOD);
    restart(
        Map.of("postroom.guard.allow", "203.0.113.0/25", "postroom.guard.deny", "203.0.113.64/26"));
    assertThat(offend(at("203.0.113.1"), Offence.EARLY_TALK, 50)).isEqualTo(Standing.GOOD);
    var denied = guard.ask(at("203.0.113.65")).orElseThrow();
    assertThat(denied.forGood()).isTrue();
    assertThat(denied.why()).isEqualTo("no service for 203.0.113.65; ask the postmaster");
  }

  @Test
  void nobodyIsJudgedWhereJudgingIsOff() {
    restart(Map.of("postroom.guard.enabled", "false"));
    assertThat(offend(at("198.51.100.40"), Offence.EARLY_TALK, 50)).isEqualTo(Standing.GOOD);
  }

  @Test
  void noMoreClientsAreBannedThanCanBeKept() {
    restart(Map.of("postroom.guard.clients", "1", "postroom.guard.allow", "127.0.0.0/8"));
    var standing = offend(at("198.51.100.50"), Offence.EARLY_TALK, 50);
    assertThat(standing.banned()).isFalse();
    assertThat(standing.delay()).isPositive();
  }

  @Test
  void anAdministratorDeniesAndLiftsAndIsWrittenDown() {
    var administrator = fixtures.administrator();
    var rule = administration.add(administrator, "203.0.113.200/30", Kind.DENY, "scans us");
    rules.load();
    assertThat(guard.ask(at("203.0.113.201"))).isPresent();
    var listed = administration.list(administrator, new PageRequest("203.0.113.200", 1, 10));
    assertThat(listed.items()).containsExactly(rule);
    assertThat(rule.by()).isEqualTo(administrator.login());
    administration.remove(administrator, rule.id());
    rules.load();
    assertThat(guard.ask(at("203.0.113.201"))).isEmpty();
    assertThatThrownBy(() -> administration.remove(administrator, rule.id()))
        .isInstanceOf(DirectoryProblem.class);
  }

  @Test
  void anAutomaticBanDoesNotReplaceWhatAPersonMade() {
    var rule = administration.add(Viewer.SERVER, "198.51.100.60", Kind.ALLOW, "our monitor");
    offend(at("198.51.100.60"), Offence.EARLY_TALK, 5); // the rules are not read again yet
    await().until(() -> table.all().stream().anyMatch(known -> known.id() == rule.id()));
    rules.load();
    assertThat(table.all())
        .filteredOn(known -> known.network().equals(rule.network()))
        .extracting(ClientRule::kind)
        .containsExactly(Kind.ALLOW);
    administration.remove(Viewer.SERVER, rule.id());
  }

  @Test
  void onlyAdministratorsSeeAndChangeTheLists() {
    for (var viewer : new Viewer[] {fixtures.customer(), fixtures.reseller()}) {
      assertThatThrownBy(() -> administration.list(viewer, PageRequest.first(5)))
          .isInstanceOf(DirectoryProblem.class);
      assertThatThrownBy(() -> administration.configured(viewer))
          .isInstanceOf(DirectoryProblem.class);
      assertThatThrownBy(() -> administration.add(viewer, "192.0.2.1", Kind.DENY, ""))
          .isInstanceOf(DirectoryProblem.class);
      assertThatThrownBy(() -> administration.remove(viewer, 1))
          .isInstanceOf(DirectoryProblem.class);
    }
  }
}
