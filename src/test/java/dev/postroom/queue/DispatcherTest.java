package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postroom.mail.DeliverBy;
import dev.postroom.mail.DsnNotify;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.testing.MariaDb;
import dev.postroom.testing.SmtpPartner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {
  private static MariaDb database;

  @TempDir Path folder;
  private SmtpPartner partner;
  private TestQueue queue;

  @BeforeAll
  static void startDatabase() throws Exception {
    database = MariaDb.start();
    TestQueue.migrate(database);
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @BeforeEach
  void start() throws Exception {
    partner = SmtpPartner.start();
    restart();
  }

  private void restart(String... settings) throws Exception {
    if (queue != null) {
      queue.close();
    }
    var all = new ArrayList<>(List.of(settings));
    all.addAll(List.of("postroom.outbound.routes.\"example.net\"", partner.address()));
    all.addAll(List.of("postroom.queue.shutdown-grace", "200ms"));
    queue = new TestQueue(database, folder, all.toArray(String[]::new));
  }

  @AfterEach
  void stop() throws Exception {
    queue.close();
    partner.close();
    assertThat(partner.complaints()).isEmpty();
  }

  private void waitUntil(Runnable assertions) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(assertions::run);
  }

  private void waitUntilEmpty() {
    waitUntil(() -> assertThat(queue.length()).isZero());
  }

  @Test
  void whatIsAnnouncedIsSentAndGone() throws IOException {
    queue.start();
    queue.queue("ben@example.net");
    waitUntilEmpty();
    assertThat(partner.messages()).hasSize(1);
    assertThat(partner.messages().getFirst().content()).isEqualTo(TestQueue.MAIL);
    assertThat(queue.returned).isEmpty();
  }

  @Test
  void whatNobodyAnnouncedIsFound() throws IOException {
    queue.insert(List.of(queue.message("ann@postroom.test", "ben@example.net", TestQueue.MAIL)));
    queue.start();
    waitUntilEmpty();
    assertThat(partner.messages()).hasSize(1);
  }

  @Test
  void recipientsOfOneMessageTravelTogether() throws IOException {
    var message = queue.message("ann@postroom.test", "a@example.net", TestQueue.MAIL);
    queue.insert(List.of(message, TestQueue.copyFor(message, "b@example.net")));
    queue.start();
    waitUntilEmpty();
    assertThat(partner.messages()).hasSize(1);
    assertThat(partner.messages().getFirst().to())
        .containsExactly("a@example.net", "b@example.net");
  }

  @Test
  void mailForAHostThatIsDownWaitsAndGoesOutWhenItIsBack() throws IOException {
    partner.down();
    queue.start();
    queue.queue("ben@example.net");
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isOne());
    var now = queue.clock.instant();
    assertThat(queue.due()).isBetween(now.plusSeconds(51), now.plusSeconds(69));
    queue.forward(Duration.ofMinutes(2));
    waitUntil(() -> assertThat(queue.waitingAfter(2)).isOne());
    assertThat(queue.due()).isAfter(queue.clock.instant().plusSeconds(4 * 60));
    partner.up();
    queue.forward(Duration.ofMinutes(6));
    waitUntilEmpty();
    assertThat(partner.messages()).hasSize(1);
    assertThat(queue.returned).isEmpty();
  }

  @Test
  void aHostThatIsDownIsNotKnockedAtForEachMessage() throws IOException {
    partner.on("(connect)", "421 4.3.2 not now");
    queue.start();
    queue.queue(TestQueue.recipients(200, "example.net"));
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isEqualTo(200));
    assertThat(partner.connections()).isLessThanOrEqualTo(5);
  }

  @Test
  void aTemporaryRefusalIsTriedAgain() throws IOException {
    partner.on("RCPT", "450 4.2.1 greylisted", "250 ok");
    queue.start();
    queue.queue("ben@example.net");
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isOne());
    assertThat(queue.status()).isEqualTo("127.0.0.1: 450 4.2.1 greylisted");
    queue.forward(Duration.ofMinutes(2));
    waitUntilEmpty();
    assertThat(partner.messages()).hasSize(1);
  }

  @Test
  void aPermanentRefusalGoesBackToTheSender() throws IOException {
    partner.on("RCPT TO:<gone@", "550 5.1.1 nobody here");
    queue.start();
    queue.queue("gone@example.net", "ben@example.net");
    waitUntilEmpty();
    assertThat(partner.messages()).hasSize(1);
    assertThat(queue.returned).hasSize(1);
    var bounce = queue.returned.getFirst();
    assertThat(bounce.sender()).hasToString("ann@postroom.test");
    assertThat(bounce.content())
        .contains("gone@example.net")
        .contains("Status: 5.1.1\r\n")
        .contains("Diagnostic-Code: smtp; 550 5.1.1 nobody here\r\n")
        .doesNotContain("How are you?");
  }

  @Test
  void onlyARefusedAddressCountsAgainstWhereAForwarderLeads() throws IOException {
    partner.on("RCPT TO:<gone@", "550 5.1.1 nobody here");
    partner.on("RCPT TO:<closed@", "550 5.2.1 closed");
    partner.on("RCPT TO:<picky@", "550 5.7.1 I do not like what it says");
    partner.on("RCPT TO:<sender@", "550 5.1.8 I do not like who says it");
    partner.on("RCPT TO:<terse@", "550 no");
    queue.start();
    queue.queue(
        List.of(
            forwarded("gone@example.net"),
            forwarded("closed@example.net"),
            forwarded("picky@example.net"),
            forwarded("sender@example.net"),
            forwarded("terse@example.net")));
    waitUntilEmpty();
    assertThat(queue.refused)
        .hasSize(2)
        .anyMatch(told -> told.startsWith("gone@example.net "))
        .anyMatch(told -> told.startsWith("closed@example.net "));
  }

  private Outgoing forwarded(String recipient) throws IOException {
    var message = queue.message("ann@postroom.test", recipient, TestQueue.MAIL);
    return new Outgoing(
        message.trace(),
        message.reversePath(),
        message.recipient(),
        message.content(),
        message.size(),
        "Received: here\r\n",
        message.eightBit(),
        1L,
        message.options(),
        message.recipientOptions());
  }

  @Test
  void aBounceThatFailsIsNotBouncedAgain() throws IOException {
    partner.on("RCPT", "550 5.1.1 nobody here");
    queue.start();
    queue.queue(List.of(queue.message("", "gone@example.net", TestQueue.MAIL)));
    waitUntilEmpty();
    assertThat(queue.returned).isEmpty();
  }

  @Test
  void aMessageThatWasTriedForItsLifetimeGoesBack() throws IOException {
    partner.on("RCPT", "450 4.2.1 busy");
    queue.start();
    queue.queue("ben@example.net");
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isOne());
    queue.forward(Duration.ofDays(5).minusSeconds(1));
    waitUntil(() -> assertThat(queue.waitingAfter(2)).isOne());
    waitUntil(() -> assertThat(queue.returned).hasSize(1)); // that it is late
    queue.forward(Duration.ofSeconds(1));
    waitUntilEmpty();
    assertThat(queue.returned).hasSize(2);
    assertThat(queue.returned.getLast().content())
        .contains("Status: 4.4.7\r\n")
        .contains("450 4.2.1 busy");
  }

  @Test
  void severalProcessesNeverSendTheSameEntry() throws IOException {
    var messages = new ArrayList<Outgoing>();
    for (var recipient : TestQueue.recipients(1000, "example.net")) {
      messages.add(queue.message("ann@postroom.test", recipient, TestQueue.MAIL));
    }
    queue.insert(messages);
    queue.start();
    queue.start();
    queue.start();
    waitUntilEmpty();
    assertThat(partner.messages()).hasSize(1000);
    assertThat(recipientsServed()).hasSize(1000);
  }

  private Set<String> recipientsServed() {
    return new HashSet<>(partner.messages().stream().map(m -> m.to().getFirst()).toList());
  }

  @Test
  void whatACrashedProcessHadClaimedIsSentWhenItsLeaseRunsOut() throws IOException {
    queue.insert(List.of(queue.message("ann@postroom.test", "ben@example.net", TestQueue.MAIL)));
    assertThat(queue.claim("0123456789abcdef", "example.net", 10)).hasSize(1);
    queue.start();
    queue.queue("other@example.net");
    waitUntil(() -> assertThat(queue.length()).isOne());
    queue.forward(queue.config().lease().minusSeconds(1));
    queue.queue("another@example.net");
    waitUntil(() -> assertThat(partner.messages()).hasSize(2));
    waitUntil(() -> assertThat(queue.length()).isOne());
    queue.forward(Duration.ofSeconds(1));
    waitUntilEmpty();
    assertThat(partner.messages()).hasSize(3);
  }

  @Test
  void aLeaseIsRenewedWhileTheMessageIsBeingSent() throws IOException {
    partner.on("DATA", SmtpPartner.SILENCE);
    queue.start();
    queue.queue("ben@example.net");
    waitUntil(() -> assertThat(partner.commands()).contains("DATA"));
    for (int i = 0; i < 4; i++) {
      var before = queue.due();
      queue.forward(queue.config().lease().dividedBy(2));
      waitUntil(() -> assertThat(queue.due()).isAfter(before));
    }
    partner.down();
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isOne());
  }

  @Test
  void aThousandMessagesToOneHostUseFewConnections() throws IOException {
    queue.queue(TestQueue.recipients(1000, "example.net"));
    queue.start();
    waitUntilEmpty();
    assertThat(partner.messages()).hasSize(1000);
    int atOnce = queue.config().workersPerDestination();
    assertThat(partner.mostAtOnce()).isLessThanOrEqualTo(2 * atOnce); // old ones say QUIT meanwhile
    assertThat(partner.connections()).isBetween(10, 2 * atOnce);
  }

  @Test
  void aDestinationThatHangsHoldsUpNoOther() throws Exception {
    try (var slow = SmtpPartner.start()) {
      slow.on("MAIL", SmtpPartner.SILENCE);
      restart("postroom.outbound.routes.\"slow.example\"", slow.address());
      queue.queue(TestQueue.recipients(300, "slow.example"));
      queue.queue(TestQueue.recipients(20, "example.net"));
      queue.start();
      waitUntil(() -> assertThat(partner.messages()).hasSize(20));
      waitUntil(() -> assertThat(slow.mostAtOnce()).isEqualTo(4));
    }
  }

  @Test
  void domainsWithTheSameServerAreOneDestination() throws Exception {
    restart("postroom.outbound.port", "" + partner.port());
    var recipients = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      var domain = "d" + i + ".example";
      queue.outbound.dns.mx(domain, 10, "mx.provider.example");
      recipients.add("ben@" + domain);
    }
    queue.outbound.dns.address("mx.provider.example", "127.0.0.1");
    partner.on("MAIL", SmtpPartner.SILENCE);
    queue.queue(recipients.toArray(String[]::new));
    queue.start();
    waitUntil(() -> assertThat(partner.mostAtOnce()).isEqualTo(4));
    partner.down();
  }

  @Test
  void manyDestinationsAreServedAtTheSameTime() throws Exception {
    var recipients = new ArrayList<String>();
    partner.on("MAIL", SmtpPartner.SILENCE);
    restart("postroom.outbound.port", "" + partner.port());
    for (int i = 0; i < 40; i++) {
      var domain = "d" + i + ".example";
      queue.outbound.dns.mx(domain, 10, "mx." + domain).address("mx." + domain, "127.0.0.1");
      recipients.add("ben@" + domain);
    }
    queue.queue(recipients.toArray(String[]::new));
    queue.start();
    waitUntil(() -> assertThat(partner.mostAtOnce()).isEqualTo(40));
    partner.down();
  }

  @Test
  void anotherCustomersMessageOvertakesAHundredThousand() throws Exception {
    try (var slow = SmtpPartner.start()) {
      slow.on("MAIL FROM:<bulk@", SmtpPartner.SILENCE);
      restart("postroom.outbound.routes.\"slow.example\"", slow.address());
      var one = of(1L, queue.message("bulk@postroom.test", "x@slow.example", TestQueue.MAIL));
      for (int i = 0; i < 20; i++) {
        queue.insert(
            IntStream.range(0, 5000)
                .mapToObj(n -> TestQueue.copyFor(one, "x" + n + "@slow.example"))
                .toList());
      }
      queue.start();
      waitUntil(() -> assertThat(slow.connections()).isEqualTo(4));
      long queued = System.nanoTime();
      queue.queue(
          List.of(of(2L, queue.message("ann@postroom.test", "ben@slow.example", TestQueue.MAIL))));
      waitUntil(() -> assertThat(slow.messages()).hasSize(1));
      assertThat(Duration.ofNanos(System.nanoTime() - queued)).isLessThan(Duration.ofSeconds(2));
      slow.down();
    }
  }

  private static Outgoing of(long account, Outgoing message) {
    return new Outgoing(
        message.trace(),
        message.reversePath(),
        message.recipient(),
        message.content(),
        message.size(),
        message.extraHeader(),
        message.eightBit(),
        account,
        message.options(),
        message.recipientOptions());
  }

  @Test
  void whatAComplaintHeldUpGoesOnAfterAPause() throws Exception {
    partner.on("RCPT", "250 ok", "250 ok", "421 4.7.0 too many connections", "250 ok");
    queue.start();
    queue.queue(TestQueue.recipients(100, "example.net"));
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isOne());
    queue.clock.forward(Pace.FIRST_PAUSE);
    waitUntil(() -> assertThat(partner.messages()).hasSize(99));
    assertThat(queue.waitingAfter(1)).isOne();
    queue.forward(Duration.ofMinutes(2));
    waitUntilEmpty();
  }

  @Test
  void aMessageForLaterIsNotSentBefore() throws Exception {
    queue.start();
    var later = MailOptions.NONE.withHoldUntil(queue.clock.instant().plusSeconds(3600));
    queue.queue(
        List.of(
            TestQueue.asked(
                queue.message("ann@postroom.test", "later@example.net", TestQueue.MAIL),
                later,
                RecipientOptions.NONE),
            queue.message("ann@postroom.test", "now@example.net", TestQueue.MAIL)));
    waitUntil(() -> assertThat(queue.length()).isOne());
    queue.forward(Duration.ofSeconds(3599));
    queue.queue("another@example.net");
    waitUntil(() -> assertThat(queue.length()).isOne());
    assertThat(recipientsServed())
        .containsExactlyInAnyOrder("now@example.net", "another@example.net");
    queue.forward(Duration.ofSeconds(1));
    waitUntilEmpty();
  }

  @Test
  void aReportIsNotTriedAsLongAsAMessage() throws Exception {
    partner.on("RCPT", "450 4.2.1 busy");
    queue.start();
    queue.queue(List.of(queue.message("", "ben@example.net", TestQueue.MAIL)));
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isOne());
    queue.forward(queue.config().bounceLifetime());
    waitUntilEmpty();
    assertThat(queue.returned).isEmpty();
  }

  @Test
  void theDatabaseMayGoAwayAndComeBack() throws Exception {
    queue.queue(TestQueue.recipients(500, "example.net"));
    queue.start();
    waitUntil(() -> assertThat(partner.messages().size()).isGreaterThan(50));
    database.kill();
    database.launch();
    int sent = partner.messages().size();
    assertThat(sent).isLessThan(500);
    waitUntil(() -> assertThat(partner.messages().size()).isGreaterThan(sent));
    queue.queue("late@example.net");
    queue.forward(queue.config().lease());
    waitUntilEmpty();
    assertThat(recipientsServed()).hasSize(501);
    assertThat(partner.messages().size())
        .as("no more twice than were on their way")
        .isLessThanOrEqualTo(501 + 5);
  }

  @Test
  void aShutdownGivesBackWhatWasNotBegun() throws Exception {
    partner.on("MAIL", SmtpPartner.SILENCE);
    queue.queue(TestQueue.recipients(50, "example.net"));
    var dispatcher = queue.start();
    waitUntil(() -> assertThat(partner.mostAtOnce()).isEqualTo(4));
    dispatcher.stop();
    assertThat(queue.claimed()).as("those on their way keep their lease").isEqualTo(4);
    partner.down();
  }

  @Test
  void anEntryIsKeptWhenItsReportCannotBeWritten() throws Exception {
    partner.on("RCPT", "550 5.1.1 nobody here");
    queue.failReports(true);
    queue.queue("gone@example.net");
    queue.start();
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isOne());
    queue.failReports(false);
    queue.forward(Duration.ofMinutes(5));
    waitUntilEmpty();
    assertThat(queue.returned).hasSize(1);
  }

  @Test
  void anEntryThatCannotBeReadIsInNobodysWay() throws Exception {
    queue.insert(List.of(queue.message("ann@postroom.test", "ben@example.net", TestQueue.MAIL)));
    queue.transaction(
        c -> c.createStatement().executeUpdate("UPDATE queue_entry SET recipient = 'nonsense'"));
    queue.start();
    queue.queue("cho@example.net");
    waitUntil(() -> assertThat(queue.length()).isOne());
    assertThat(partner.messages()).hasSize(1);
  }

  @Test
  void theLongestAddressesFit() throws Exception {
    var longest = "\"" + "\\\"".repeat(250) + "\"@example.net";
    queue.start();
    queue.queue(List.of(queue.message(longest, longest, TestQueue.MAIL)));
    waitUntilEmpty();
    assertThat(partner.messages()).hasSize(1);
  }

  @Test
  void aHundredThousandEntriesDoNotSlowDownTheClaiming() throws Exception {
    var one = queue.message("ann@postroom.test", "x@other.example", TestQueue.MAIL);
    for (int i = 0; i < 20; i++) {
      queue.insert(
          IntStream.range(0, 5000)
              .mapToObj(n -> TestQueue.copyFor(one, "x" + n + "@d" + n % 100 + ".example"))
              .toList());
    }
    var now = queue.clock.instant();
    long started = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      List<Turn> turns = queue.transaction(c -> Claims.turns(c, now));
      assertThat(turns).hasSize(100);
      assertThat(queue.claim("0123456789abcdef", "d" + i + ".example", 100)).hasSize(100);
    }
    var each = Duration.ofNanos((System.nanoTime() - started) / 50);
    assertThat(each).isLessThan(Duration.ofMillis(100));
    assertThat(queue.claimed()).isEqualTo(5000);
  }

  private Outgoing asked(MailOptions mail, DsnNotify... notify) throws IOException {
    return TestQueue.asked(
        queue.message("ann@postroom.test", "ben@example.net", TestQueue.MAIL),
        mail,
        new RecipientOptions(Set.of(notify), null));
  }

  @Test
  void theSenderIsToldOnceThatAMessageIsLate() throws IOException {
    partner.on("RCPT", "450 4.2.1 greylisted");
    queue.start();
    queue.queue("ben@example.net");
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isOne());
    assertThat(queue.returned).isEmpty();
    queue.forward(Duration.ofHours(4));
    waitUntil(() -> assertThat(queue.returned).hasSize(1));
    waitUntil(() -> assertThat(queue.waitingAfter(2)).isOne());
    assertThat(queue.returned.getFirst().content())
        .contains("Subject: Delayed: hello\r\n", "Action: delayed\r\nStatus: 4.2.1\r\n")
        .contains("\r\nWill-Retry-Until: ", "has not reached this recipient yet");
    queue.forward(Duration.ofHours(5));
    waitUntil(() -> assertThat(queue.waitingAfter(3)).isOne());
    assertThat(queue.returned).hasSize(1);
  }

  @Test
  void aDelayIsNotToldToWhoDidNotAskForIt() throws IOException {
    partner.on("RCPT", "450 4.2.1 greylisted");
    queue.start();
    queue.queue(List.of(asked(MailOptions.NONE, DsnNotify.FAILURE)));
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isOne());
    queue.forward(Duration.ofHours(5));
    waitUntil(() -> assertThat(queue.waitingAfter(2)).isOne());
    assertThat(queue.returned).isEmpty();
  }

  @Test
  void successIsReportedWhenTheNextServerWillNot() throws IOException {
    queue.start();
    queue.queue(List.of(asked(MailOptions.NONE, DsnNotify.SUCCESS)));
    waitUntilEmpty();
    assertThat(queue.returned).hasSize(1);
    assertThat(queue.returned.getFirst().content())
        .contains("Action: relayed\r\n", "Remote-MTA: dns; 127.0.0.1\r\n");
  }

  @Test
  void aTracedMessageIsReportedWhereItsDeadlineIsNotHeeded() throws IOException {
    // RFC 2852 §4
    partner.extensions("DSN");
    var deadline = queue.clock.instant().plusSeconds(30);
    var options =
        MailOptions.NONE.withDeliverBy(new DeliverBy(deadline, DeliverBy.Mode.NOTIFY, true));
    queue.start();
    queue.queue(List.of(asked(options), asked(options, DsnNotify.NEVER)));
    waitUntilEmpty();
    assertThat(partner.messages()).hasSize(2);
    assertThat(queue.returned).hasSize(1);
    assertThat(queue.returned.getFirst().content()).contains("Action: relayed\r\n");
  }

  @Test
  void aMessageGoesBackAtTheTimeThatItsSenderSet() throws IOException {
    // RFC 2852 §4
    queue.forward(Duration.ofMillis(System.currentTimeMillis() - queue.clock.millis()));
    partner.extensions("DELIVERBY");
    var deadline = queue.clock.instant().plusSeconds(30);
    var by = new DeliverBy(deadline, DeliverBy.Mode.RETURN, false);
    partner.on("RCPT", "450 4.2.1 greylisted");
    queue.start();
    queue.queue(List.of(asked(MailOptions.NONE.withDeliverBy(by))));
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isOne());
    assertThat(queue.due()).isEqualTo(deadline);
    queue.forward(Duration.ofSeconds(30));
    waitUntilEmpty();
    assertThat(partner.commands()).filteredOn(c -> c.startsWith("RCPT")).hasSize(1);
    assertThat(queue.returned).hasSize(1);
    assertThat(queue.returned.getFirst().content()).contains("Action: failed\r\nStatus: 5.4.7");
  }

  @Test
  void aMessageThatIsLateForItsSenderIsReportedAndTriedOn() throws IOException {
    var deadline = queue.clock.instant().plusSeconds(30);
    var by = new DeliverBy(deadline, DeliverBy.Mode.NOTIFY, false);
    partner.on("RCPT", "450 4.2.1 greylisted", "450 4.2.1 greylisted", "250 ok");
    queue.start();
    queue.queue(List.of(asked(MailOptions.NONE.withDeliverBy(by))));
    waitUntil(() -> assertThat(queue.waitingAfter(1)).isOne());
    assertThat(queue.due()).isEqualTo(deadline);
    queue.forward(Duration.ofSeconds(30));
    waitUntil(() -> assertThat(queue.returned).hasSize(1));
    assertThat(queue.returned.getFirst().content()).contains("Action: delayed\r\n");
    waitUntil(() -> assertThat(queue.waitingAfter(2)).isOne());
    queue.forward(Duration.ofMinutes(6));
    waitUntilEmpty();
  }

  @Test
  void whatWasTakenIsNotSentAgainWhenItsSenderCannotBeTold() throws IOException {
    queue.failReports(true);
    queue.start();
    queue.queue(List.of(asked(MailOptions.NONE, DsnNotify.SUCCESS)));
    waitUntilEmpty();
    assertThat(partner.messages()).hasSize(1);
  }
}
