package dev.postroom.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.testing.Settings;
import dev.postroom.testing.SmtpPartner;
import dev.postroom.testing.TestCertificates;
import dev.postroom.tls.PemCertificates;
import dev.postroom.tls.TlsConfig;
import dev.postroom.tls.TlsContexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteDeliveryTest {
  private static final String MAIL = "Subject: hello\r\n\r\nHow are you?\r\n";

  @TempDir Path folder;
  private SmtpPartner partner;
  private TestOutbound outbound;

  @BeforeEach
  void start() throws IOException {
    partner = SmtpPartner.start();
    restart();
  }

  private void restart(String... settings) throws IOException {
    if (outbound != null) {
      outbound.close();
    }
    var all = new ArrayList<>(List.of(settings));
    all.addAll(List.of("postroom.outbound.port", String.valueOf(partner.port())));
    outbound = new TestOutbound(folder, all.toArray(String[]::new));
    outbound.dns.mx("example.net", 10, "mx.example.net").address("mx.example.net", "127.0.0.1");
  }

  @AfterEach
  void stop() {
    assertThat(partner.complaints()).isEmpty();
    outbound.close();
    partner.close();
  }

  private List<Attempt> send(String content, String... recipients) throws IOException {
    return outbound.delivery.deliver(outbound.shipment(content, recipients)).attempts();
  }

  private static String status(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Delivered _ -> "2.0.0";
      case Attempt.Deferred(_, var status, _) -> status.toString();
      case Attempt.Refused(_, var status, _) -> status.toString();
    };
  }

  private static String diagnostic(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Delivered(_, var reply, _, _) -> reply;
      case Attempt.Deferred(_, _, var diagnostic) -> diagnostic;
      case Attempt.Refused(_, _, var diagnostic) -> diagnostic;
    };
  }

  @Test
  void aMessageIsDeliveredToSeveralRecipientsInOneTransaction() throws IOException {
    assertThat(send(MAIL, "ben@example.net", "cho@example.net"))
        .containsOnly(new Attempt.Delivered("mx.example.net", "250 2.0.0 taken", "none", false));
    assertThat(partner.messages())
        .containsExactly(
            new SmtpPartner.Received(
                "ann@postroom.test", List.of("ben@example.net", "cho@example.net"), MAIL, "", 1));
    assertThat(partner.commands()).contains("EHLO mail.postroom.test");
  }

  @Test
  void withoutPipeliningEachCommandWaitsForItsAnswer() throws IOException {
    partner.extensions("8BITMIME");
    assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(partner.messages()).hasSize(1);
  }

  @Test
  void aServerOfOldIsGreetedWithHelo() throws IOException {
    partner.on("EHLO", "502 5.5.1 what?");
    assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(partner.commands())
        .contains("HELO mail.postroom.test", "MAIL FROM:<ann@postroom.test>");
  }

  @Test
  void theReturnPathOnTopStaysHere() throws IOException {
    send("Return-Path: <ann@alpha.test>\r\nA: b\r\nReturn-Path: x\r\n\r\n", "ben@example.net");
    assertThat(partner.messages().getFirst().content()).isEqualTo("A: b\r\nReturn-Path: x\r\n\r\n");
  }

  @Test
  void contentArrivesOctetForOctetWithDotsAndALastLineEnd() throws IOException {
    var content = "A: b\r\n\r\n.\r\n..two\r\n.x\r\nl\u00e4st";
    assertThat(send(content, "ben@example.net")).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(partner.messages().getFirst().content()).isEqualTo(content + "\r\n");
    assertThat(partner.commands()).anyMatch(command -> command.endsWith(" BODY=8BITMIME"));
  }

  @Test
  void bareLineEndsInAMessageNeverReachTheOtherServer() throws IOException {
    var smuggled = "A: b\r\n\r\nx\n.\nMAIL FROM:<evil@example.org>\r.\r\ry\n\r\n.\nz\r";
    send(smuggled, "ben@example.net");
    assertThat(partner.messages()).hasSize(1);
    assertThat(partner.messages().getFirst().content())
        .isEqualTo(
            "A: b\r\n\r\nx\r\n.\r\nMAIL FROM:<evil@example.org>\r\n.\r\n\r\ny\r\n\r\n.\r\nz\r\n");
  }

  @Test
  void aLargeMessageStreamsThrough() throws IOException {
    var line = ".".repeat(70) + "\r\n";
    var content = "A: b\r\n\r\n" + line.repeat(30_000);
    send(content, "ben@example.net");
    assertThat(partner.messages().getFirst().content()).isEqualTo(content);
  }

  @Test
  void headerLinesOfTheQueueGoBeforeTheContent() throws IOException {
    var plain = outbound.shipment(MAIL, "ben@example.net");
    outbound.delivery.deliver(
        new Shipment(
            plain.trace(),
            plain.reversePath(),
            plain.domain(),
            plain.recipients(),
            plain.content(),
            plain.size(),
            "Delivered-To: all@postroom.test\r\n",
            false,
            null,
            plain.options(),
            plain.recipientOptions()));
    assertThat(partner.messages().getFirst().content())
        .isEqualTo("Delivered-To: all@postroom.test\r\n" + MAIL);
  }

  @Test
  void eachRecipientHasItsOwnVerdict() throws IOException {
    partner
        .on("RCPT TO:<busy@", "450 4.2.1 too busy")
        .on("RCPT TO:<gone@", "550-5.1.1 no such mailbox\n550 5.1.1 here")
        .on("RCPT TO:<moved@", "551 elsewhere");
    var attempts =
        send(MAIL, "busy@example.net", "ben@example.net", "gone@example.net", "moved@example.net");
    assertThat(attempts)
        .extracting(RemoteDeliveryTest::status)
        .containsExactly("4.2.1", "2.0.0", "5.1.1", "5.0.0");
    assertThat(attempts.get(0)).isInstanceOf(Attempt.Deferred.class);
    assertThat(attempts.get(2)).isInstanceOf(Attempt.Refused.class);
    assertThat(diagnostic(attempts.get(2))).isEqualTo("550 5.1.1 no such mailbox here");
    assertThat(partner.messages().getFirst().to()).containsExactly("ben@example.net");
  }

  @Test
  void whenNobodyIsTakenNothingIsSentAndTheConnectionStaysGood() throws IOException {
    partner.on("RCPT TO:<gone@", "550 5.1.1 no");
    assertThat(send(MAIL, "gone@example.net")).allMatch(Attempt.Refused.class::isInstance);
    send(MAIL, "ben@example.net");
    assertThat(partner.messages()).hasSize(1);
    assertThat(partner.connections()).isEqualTo(1);
    assertThat(partner.commands()).contains("RSET");
  }

  @Test
  void dataGrantedWithoutRecipientsIsEndedEmpty() throws IOException {
    partner.on("RCPT", "550 5.1.1 no").on("DATA", "354 well then").on(".", "554 5.5.1 nobody");
    assertThat(send(MAIL, "gone@example.net")).allMatch(Attempt.Refused.class::isInstance);
    assertThat(partner.messages()).isEmpty();
  }

  @Test
  void aRefusedSenderIsRefusedForAll() throws IOException {
    partner.on("MAIL", "550 5.7.1 not from you");
    assertThat(send(MAIL, "ben@example.net", "cho@example.net"))
        .extracting(RemoteDeliveryTest::status)
        .containsExactly("5.7.1", "5.7.1");
  }

  @Test
  void theVerdictOnTheContentIsForThoseWhoseAddressWasTaken() throws IOException {
    partner.on("RCPT TO:<gone@", "550 5.1.1 no").on(".", "451 4.7.1 later");
    assertThat(send(MAIL, "ben@example.net", "gone@example.net"))
        .extracting(RemoteDeliveryTest::status)
        .containsExactly("4.7.1", "5.1.1");
    partner.on(".", "554 5.7.1 spam");
    assertThat(send(MAIL, "ben@example.net"))
        .first()
        .isEqualTo(
            new Attempt.Refused("mx.example.net", new EnhancedStatus(5, 7, 1), "554 5.7.1 spam"));
  }

  @Test
  void aServerThatHangsUpDefers() throws IOException {
    partner.on("RCPT TO:<b@", SmtpPartner.HANG_UP);
    assertThat(send(MAIL, "a@example.net", "b@example.net"))
        .extracting(RemoteDeliveryTest::status)
        .containsExactly("4.4.2", "4.4.2");
    partner.on("RCPT TO:<b@", "250 ok").on("DATA", SmtpPartner.HANG_UP);
    assertThat(send(MAIL, "a@example.net")).allMatch(Attempt.Deferred.class::isInstance);
    partner.on("DATA", "354 go on").on(".", SmtpPartner.HANG_UP);
    assertThat(send(MAIL, "a@example.net"))
        .allMatch(Attempt.Deferred.class::isInstance)
        .first()
        .asString()
        .contains("after the end of the message");
  }

  @Test
  void aServerThatClosesWith421DefersTheUndecided() throws IOException {
    partner.on("RCPT TO:<gone@", "550 5.1.1 no").on("RCPT TO:<b@", "421 4.3.2 shutting down");
    assertThat(send(MAIL, "gone@example.net", "b@example.net", "c@example.net"))
        .extracting(RemoteDeliveryTest::status)
        .containsExactly("5.1.1", "4.3.2", "4.3.2");
  }

  @Test
  void aSilentServerDefersAfterTheTimeLimit() throws IOException {
    restart("postroom.outbound.timeouts.envelope", "200ms");
    partner.on("MAIL", SmtpPartner.SILENCE);
    assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Deferred.class::isInstance);
  }

  @Test
  void nonsenseDefers() throws IOException {
    partner.on("MAIL", "hello there");
    assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Deferred.class::isInstance);
    partner.on("MAIL", "250 ok").on("(connect)", "220 " + "x".repeat(10_000));
    assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Deferred.class::isInstance);
    partner.on("(connect)", "220 ok").on("EHLO", "250-x\n".repeat(1000) + "250 x");
    assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Deferred.class::isInstance);
  }

  @Test
  void theNextHostIsTriedWhenOneDoesNotAnswerOrDoesNotWantTo() throws IOException {
    try (var reserved = SmtpPartner.start()) {
      outbound.close();
      outbound = new TestOutbound(folder, "postroom.outbound.port", "" + partner.port());
      outbound
          .dns
          .mx("example.net", 10, "down.example.net")
          .mx("example.net", 20, "mx.example.net")
          .address("down.example.net", "127.0.0.2")
          .address("mx.example.net", "127.0.0.1");
      assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Delivered.class::isInstance);
      assertThat(reserved.connections()).isZero();
    }
  }

  @Test
  void noHostThatAnswersMakesTheDomainUnreachable() throws IOException {
    partner.on("(connect)", "554 5.3.2 no service here");
    var delivery = outbound.delivery.deliver(outbound.shipment(MAIL, "ben@example.net"));
    assertThat(delivery.unreachable()).isTrue();
    assertThat(delivery.attempts()).allMatch(Attempt.Deferred.class::isInstance);
    assertThat(delivery.attempts())
        .extracting(RemoteDeliveryTest::diagnostic)
        .first()
        .asString()
        .contains("554 5.3.2 no service here");
    partner.down();
    delivery = outbound.delivery.deliver(outbound.shipment(MAIL, "ben@example.net"));
    assertThat(delivery.unreachable()).isTrue();
    assertThat(delivery.attempts()).extracting(RemoteDeliveryTest::status).containsExactly("4.4.1");
  }

  @Test
  void manyRecipientsGoInAsManyTransactionsAsNeeded() throws IOException {
    var all = TestOutbound.recipients(250, "example.net");
    assertThat(send(MAIL, all)).hasSize(250).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(partner.messages())
        .extracting(message -> message.to().size())
        .containsExactly(100, 100, 50);
    assertThat(partner.connections()).isEqualTo(1);
  }

  @Test
  void aServerThatTakesFewRecipientsGetsTheRestInFurtherTransactions() throws IOException {
    var answers = new ArrayList<String>();
    IntStream.range(0, 3).forEach(_ -> answers.add("250 ok"));
    answers.add("452 4.5.3 too many");
    answers.add("452 too many");
    answers.add("250 ok");
    partner.on("RCPT", answers.toArray(String[]::new));
    assertThat(send(MAIL, TestOutbound.recipients(5, "example.net")))
        .allMatch(Attempt.Delivered.class::isInstance);
    assertThat(partner.messages()).extracting(message -> message.to().size()).containsExactly(3, 2);
  }

  @Test
  void manyMessagesShareOneConnection() throws IOException {
    for (int i = 0; i < 150; i++) {
      send(MAIL, "ben@example.net");
    }
    assertThat(partner.messages()).hasSize(150);
    assertThat(partner.connections()).as("100 messages each at most").isEqualTo(2);
  }

  @Test
  void aConnectionThatTheOtherSideClosedMeanwhileIsReplaced() throws IOException {
    send(MAIL, "ben@example.net");
    partner.down();
    partner.up();
    assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(partner.connections()).isEqualTo(2);
  }

  @Test
  void aConnectionThatTheOtherSideIsEndingIsReplaced() throws IOException {
    partner.on("MAIL", "250 ok", "421 4.4.2 you were idle", "250 ok");
    send(MAIL, "ben@example.net");
    assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(partner.connections()).isEqualTo(2);
  }

  @Test
  void anIdleConnectionIsEndedWithQuit() throws IOException {
    restart("postroom.outbound.idle-time", "100ms");
    send(MAIL, "ben@example.net");
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(partner.commands()).last().isEqualTo("QUIT"));
  }

  @Test
  void aMessageTooBigForTheServerIsNotSent() throws IOException {
    partner.extensions("SIZE 30");
    assertThat(send(MAIL, "ben@example.net"))
        .extracting(RemoteDeliveryTest::status)
        .containsExactly("5.3.4");
    assertThat(partner.commands()).noneMatch(command -> command.startsWith("MAIL"));
    partner.extensions("SIZE " + MAIL.length());
    restart();
    assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(partner.commands()).contains("MAIL FROM:<ann@postroom.test> SIZE=" + MAIL.length());
  }

  @Test
  void internationalAddressesNeedTheirExtension() throws IOException {
    assertThat(send(MAIL, "b\u00e9n@example.net"))
        .extracting(RemoteDeliveryTest::status)
        .containsExactly("5.6.7");
    partner.extensions("SMTPUTF8");
    restart();
    assertThat(send(MAIL, "b\u00e9n@example.net")).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(partner.commands()).contains("MAIL FROM:<ann@postroom.test> SMTPUTF8");
  }

  private SSLContext serverTls(String host) throws IOException {
    var pair = new TestCertificates(folder.resolve("ca")).issue("partner", host);
    return TlsContexts.server(
        new PemCertificates(
            Settings.of(
                TlsConfig.class,
                Map.of(
                    "postroom.tls.certificates[0].chain", pair.chain().toString(),
                    "postroom.tls.certificates[0].key", pair.key().toString()))));
  }

  @Test
  void whereTlsIsOfferedItIsUsedWhateverTheCertificate() throws IOException {
    partner.tls(serverTls("somebody.else.example"));
    assertThat(send(MAIL, "ben@example.net"))
        .first()
        .isInstanceOfSatisfying(
            Attempt.Delivered.class,
            delivered -> assertThat(delivered.security()).startsWith("TLSv1.3"));
    assertThat(partner.messages().getFirst().tls()).isEqualTo("TLSv1.3");
    assertThat(partner.commands().stream().filter(c -> c.startsWith("EHLO"))).hasSize(2);
  }

  @Test
  void aFailedHandshakeFallsBackToPlainTextUnlessTlsIsRequired() throws IOException {
    partner.extensions("STARTTLS").on("STARTTLS", "220 go on");
    assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(partner.messages().getFirst().tls()).isEmpty();
    restart("postroom.outbound.tls", "required");
    assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Deferred.class::isInstance);
    assertThat(partner.messages()).hasSize(1);
  }

  @Test
  void requiredTlsThatIsNotOfferedDefers() throws IOException {
    restart("postroom.outbound.tls", "required");
    assertThat(send(MAIL, "ben@example.net"))
        .extracting(RemoteDeliveryTest::status)
        .containsExactly("4.7.5");
    assertThat(partner.messages()).isEmpty();
  }

  @Test
  void verifiedTlsRefusesACertificateFromNowhere() throws IOException {
    restart("postroom.outbound.tls", "verified");
    partner.tls(serverTls("mx.example.net"));
    assertThat(send(MAIL, "ben@example.net")).allMatch(Attempt.Deferred.class::isInstance);
    assertThat(partner.messages()).isEmpty();
  }

  @Test
  void theRelayHostGetsItsLoginAndNobodyElseDoes() throws IOException {
    var login = Base64.getEncoder().encodeToString("\0me\0s3cret".getBytes(StandardCharsets.UTF_8));
    partner.extensions("AUTH PLAIN LOGIN").on("AUTH PLAIN " + login, "235 2.7.0 welcome");
    restart(
        "postroom.outbound.relay-host", partner.address(),
        "postroom.outbound.relay-user", "me",
        "postroom.outbound.relay-password", "s3cret",
        "postroom.outbound.relay-tls", "opportunistic",
        "postroom.outbound.routes.\"example.org\"", partner.address());
    assertThat(send(MAIL, "ben@example.com")).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(partner.commands()).contains("AUTH PLAIN " + login);
    send(MAIL, "ben@example.org");
    assertThat(partner.commands().stream().filter(c -> c.startsWith("AUTH"))).hasSize(1);
  }

  @Test
  void aRelayLoginThatIsRefusedDefersWithoutTellingThePassword() throws IOException {
    partner.extensions("AUTH LOGIN").on("AUTH LOGIN", "334 VXNlcm5hbWU6");
    partner.on("bWU=", "334 UGFzc3dvcmQ6").on("czNjcmV0", "535 5.7.8 wrong");
    restart(
        "postroom.outbound.relay-host", partner.address(),
        "postroom.outbound.relay-user", "me",
        "postroom.outbound.relay-password", "s3cret",
        "postroom.outbound.relay-tls", "opportunistic");
    var attempts = send(MAIL, "ben@example.com");
    assertThat(attempts).extracting(RemoteDeliveryTest::status).containsExactly("4.7.8");
    assertThat(diagnostic(attempts.getFirst()))
        .contains("535 5.7.8 wrong")
        .doesNotContain("s3cret");
  }

  @Test
  void aRelayLoginIsVerifiedUnlessToldOtherwise() throws IOException {
    partner.extensions("AUTH PLAIN");
    restart(
        "postroom.outbound.relay-host", partner.address(),
        "postroom.outbound.relay-user", "me",
        "postroom.outbound.relay-password", "s3cret");
    assertThat(send(MAIL, "ben@example.com"))
        .extracting(RemoteDeliveryTest::status)
        .containsExactly("4.7.5");
    assertThat(partner.commands()).noneMatch(command -> command.startsWith("AUTH"));
  }

  @Test
  void aServerThatRefusesInTheMiddleOfAMessageIsHeard() throws IOException {
    var content = "A: b\r\n\r\n" + ("x".repeat(70) + "\r\n").repeat(50_000);
    partner.on("DATA", "354 go on\n552 5.3.4 enough");
    assertThat(send(content, "ben@example.net"))
        .extracting(RemoteDeliveryTest::status)
        .containsExactly("5.3.4");
  }
}
