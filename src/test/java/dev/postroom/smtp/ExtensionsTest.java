package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Viewer;
import dev.postroom.net.Listeners;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What parameters of MAIL and RCPT do to a message, from the socket into the mailbox. */
@PostroomTest
class ExtensionsTest {
  private static final long TINY = 500;

  @Inject Fixtures fixtures;
  @Inject Mailboxes mailboxes;
  @Inject Listeners listeners;
  @Inject Inboxes inboxes;

  private DomainInfo domain;
  private String name;
  private long ann;

  @BeforeEach
  void makeMailbox() {
    domain = fixtures.domain();
    name = domain.name().ascii();
    ann = fixtures.mailbox(domain, "ann").id();
  }

  private int port(Service service) {
    return listeners.all().stream()
        .filter(open -> open.endpoint().name().equals(service.label()))
        .findFirst()
        .orElseThrow()
        .port();
  }

  private Talk submitting() throws IOException {
    var talk =
        Talk.overTls(port(Service.SUBMISSIONS), PostroomServer.certificates().clientContext());
    talk.expect(250, "EHLO there.test");
    var plain = "\0ann@" + name + "\0" + Fixtures.PASSWORD;
    talk.expect(
        235,
        "AUTH PLAIN " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
    return talk;
  }

  private void await(long mailboxId, int count) {
    Awaitility.await().untilAsserted(() -> assertThat(inboxes.count(mailboxId)).isEqualTo(count));
  }

  @Test
  void aMessageThatIsHeldReachesUsersHereLaterAndOnce() throws IOException {
    long ben = fixtures.mailbox(domain, "ben").id();
    fixtures.forwarder(domain, "team", "ben@" + name);
    try (var talk = submitting()) {
      talk.expect(250, "MAIL FROM:<ann@" + name + "> HOLDFOR=2 ENVID=later");
      talk.expect(250, "RCPT TO:<ann@" + name + "> NOTIFY=SUCCESS");
      talk.expect(250, "RCPT TO:<team@" + name + ">");
      talk.expect(354, "DATA");
      talk.expect(250, "Subject: later\r\n\r\n.");
      assertThat(inboxes.count(ann)).isZero();
      assertThat(inboxes.count(ben)).isZero();
    }
    await(ben, 1);
    await(ann, 2); // the message, and the report that it is there
    assertThat(inboxes.all(ann))
        .anyMatch(message -> message.contains("Subject: later\r\n\r\n"))
        .anyMatch(message -> message.contains("Original-Envelope-Id: later"));
  }

  @Test
  void whoIsGoneWhenAHeldMessageIsLetGoIsReported() throws IOException {
    long ben = fixtures.mailbox(domain, "ben").id();
    try (var talk = submitting()) {
      talk.expect(250, "MAIL FROM:<ann@" + name + "> HOLDFOR=2");
      talk.expect(250, "RCPT TO:<ben@" + name + ">");
      talk.expect(354, "DATA");
      talk.expect(250, "Subject: later\r\n\r\n.");
    }
    mailboxes.remove(Viewer.SERVER, ben);
    await(ann, 1);
    assertThat(inboxes.newest(ann)).contains("Action: failed", "Status: 5.1.1");
  }

  @Test
  void aRecipientWithoutRoomHearsOfItByItself() throws IOException {
    mailboxes.create(Viewer.SERVER, domain.id(), "full", "", TINY);
    fixtures.forwarder(domain, "team", "ann@" + name, "full@" + name);
    try (var talk = Talk.with(port(Service.LMTP))) {
      talk.expect(250, "LHLO there.test");
      talk.expect(250, "MAIL FROM:<ann@" + name + ">");
      talk.expect(250, "RCPT TO:<full@" + name + ">");
      talk.expect(250, "RCPT TO:<ann@" + name + ">");
      talk.expect(250, "RCPT TO:<full@" + name + ">");
      talk.expect(354, "DATA");
      assertThat(talk.say("Subject: x\r\n\r\n" + "x".repeat(800) + "\r\n."))
          .hasToString("452 4.2.2 the mailbox is full; try again later");
      assertThat(talk.hear().code()).isEqualTo(250);
      assertThat(talk.hear().code()).isEqualTo(452);
      assertThat(inboxes.count(ann)).as("the message, and no report").isEqualTo(1);
      // of a forwarder that reaches others a report tells
      talk.expect(250, "MAIL FROM:<ann@" + name + ">");
      talk.expect(250, "RCPT TO:<full@" + name + ">");
      talk.expect(250, "RCPT TO:<team@" + name + ">");
      talk.expect(354, "DATA");
      assertThat(talk.say("Subject: y\r\n\r\n" + "x".repeat(800) + "\r\n.").code()).isEqualTo(452);
      assertThat(talk.hear().code()).isEqualTo(250);
      assertThat(inboxes.all(ann))
          .hasSize(3)
          .anyMatch(message -> message.contains("Action: failed"));
    }
  }

  @Test
  void theBodyOfABinaryMessageIsStoredOctetForOctetHoweverItIsCut() throws IOException {
    var body = new byte[5000];
    new Random(3030).nextBytes(body);
    var header = "Subject: x\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    var message =
        (header + new String(body, StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);
    try (var talk = Talk.with(port(Service.RECEIVING))) {
      talk.expect(250, "EHLO there.test");
      talk.expect(250, "MAIL FROM:<me@there.test> BODY=BINARYMIME");
      talk.expect(250, "RCPT TO:<ann@" + name + ">");
      int chunk = 1;
      for (int at = 0; at < message.length; at += chunk, chunk = chunk * 2 + 1) {
        int size = Math.min(chunk, message.length - at);
        talk.send("BDAT " + size + (at + size == message.length ? " LAST" : "") + "\r\n");
        talk.out().write(message, at, size);
        assertThat(talk.hear().code()).isEqualTo(250);
      }
      talk.expect(250, "NOOP");
    }
    assertThat(inboxes.newest(ann)).endsWith(new String(message, StandardCharsets.ISO_8859_1));
  }

  @Test
  void aMessageWithSmtpUtf8SaysSoInItsTraceFields() throws IOException {
    try (var talk = Talk.with(port(Service.RECEIVING))) {
      talk.expect(250, "EHLO there.test");
      talk.expect(250, "MAIL FROM:<j\u00f6rg@b\u00fccher.test> SMTPUTF8 BODY=8BITMIME");
      talk.expect(250, "RCPT TO:<ann@" + name + ">");
      talk.expect(354, "DATA");
      talk.expect(250, "Subject: Gr\u00fc\u00dfe\r\n\r\n.");
    }
    var stored =
        new String(
            inboxes.newest(ann).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    assertThat(stored)
        .startsWith("Return-Path: <j\u00f6rg@xn--bcher-kva.test>\r\n")
        .contains("with UTF8SMTP id ", "Subject: Gr\u00fc\u00dfe\r\n");
  }
}
