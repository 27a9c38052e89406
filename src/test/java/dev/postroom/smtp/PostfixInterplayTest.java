package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postroom.directory.DomainInfo;
import dev.postroom.net.Listeners;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.Postfix;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.TestCertificates;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Mail from a server that nobody here wrote, and to it, with what both have heard of. */
@PostroomTest
@EnabledIf("dev.postroom.testing.Postfix#canRun")
class PostfixInterplayTest {
  private static final String HOST = "127.0.0.3";
  private static final String GREETING = "Viele Gr\u00fc\u00dfe";
  private static final String UTF8_CONTENT =
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
          + "Content-Transfer-Encoding: 8bit\r\n\r\n"
          + GREETING
          + "\r\n";

  @Inject Fixtures fixtures;
  @Inject Listeners listeners;
  @Inject Inboxes inboxes;
  @TempDir Path folder;

  private DomainInfo domain;
  private String here;
  private String there;
  private long ann;
  private Postfix postfix;

  @BeforeEach
  void start() throws Exception {
    domain = fixtures.domain();
    here = domain.name().ascii();
    there = "postfix-" + here;
    ann = fixtures.mailbox(domain, "ann").id();
    var certificate = new TestCertificates(folder.resolve("ca")).issue("postfix", "mx." + there);
    postfix =
        Postfix.start(
            certificate,
            HOST,
            PostroomServer.partner().port(),
            there,
            Map.of(here, "smtp:[127.0.0.1]:" + port(Service.RECEIVING)));
    PostroomServer.dns().mx(there, 10, "mx." + there).address("mx." + there, HOST);
  }

  @AfterEach
  void stop() throws Exception {
    if (postfix != null) {
      postfix.close();
    }
  }

  private int port(Service service) {
    return listeners.all().stream()
        .filter(open -> open.endpoint().name().equals(service.label()))
        .findFirst()
        .orElseThrow()
        .port();
  }

  /** Handed to Postfix, to be sent on. */
  private void throughPostfix(String mail, String rcpt, String content) throws IOException {
    try (var talk = Talk.with(HOST, PostroomServer.partner().port())) {
      talk.expect(250, "EHLO client.test");
      hand(talk, mail, rcpt, content);
    }
  }

  /** Handed to us by ann's mail program. */
  private void throughUs(String mail, String rcpt, String content) throws IOException {
    var trust = PostroomServer.certificates().clientContext();
    try (var talk = Talk.overTls(port(Service.SUBMISSIONS), trust)) {
      talk.expect(250, "EHLO client.test");
      var login = "\0ann@" + here + "\0" + Fixtures.PASSWORD;
      talk.expect(
          235,
          "AUTH PLAIN "
              + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
      hand(talk, mail, rcpt, content);
    }
  }

  private static void hand(Talk talk, String mail, String rcpt, String content) throws IOException {
    talk.expect(250, "MAIL FROM:" + mail);
    talk.expect(250, "RCPT TO:" + rcpt);
    talk.expect(354, "DATA");
    talk.expect(250, content + ".");
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
  }

  private static String utf8(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String onlyOne(List<String> messages) {
    assertThat(messages).hasSize(1);
    return utf8(messages.getFirst());
  }

  @Test
  void postfixHandsOnWhatTheSenderWantsToHearAndWeReport() throws IOException {
    throughPostfix(
        "<ben@" + there + "> BODY=8BITMIME RET=HDRS ENVID=e1",
        "<ann@" + here + "> NOTIFY=SUCCESS ORCPT=rfc822;all+2Bx@" + here,
        "From: ben@" + there + "\r\nSubject: eight bits\r\n" + UTF8_CONTENT);
    eventually(
        () ->
            assertThat(onlyOne(inboxes.all(ann)))
                .contains("by mail.postroom.test with ESMTPS")
                .endsWith(UTF8_CONTENT));
    eventually(
        () ->
            assertThat(onlyOne(postfix.messages()))
                .contains(
                    "report-type=delivery-status",
                    "Original-Envelope-Id: e1",
                    "all+x@" + here,
                    "Action: delivered")
                .doesNotContain(GREETING));
  }

  @Test
  void weHandOnWhatTheSenderWantsToHearAndPostfixReports() throws IOException {
    throughUs(
        "<ann@" + here + "> RET=HDRS ENVID=e2",
        "<ben@" + there + "> NOTIFY=SUCCESS",
        "From: ann@" + here + "\r\nSubject: eight bits\r\n" + UTF8_CONTENT);
    eventually(
        () -> assertThat(onlyOne(postfix.messages())).contains(GREETING, "Subject: eight bits"));
    eventually(
        () ->
            assertThat(onlyOne(inboxes.all(ann)))
                .contains(
                    "Reporting-MTA: dns; postfix.example",
                    "Original-Envelope-Id: e2",
                    "Action: delivered",
                    "Final-Recipient: rfc822; ben@" + there));
    assertThat(inboxes.all(ann)).as("we do not report, too").hasSize(1);
  }

  @Test
  void internationalisedMailGoesBothWays() throws IOException {
    throughPostfix(
        "<j\u00f6rg@" + there + "> BODY=8BITMIME SMTPUTF8",
        "<ann@" + here + ">",
        "From: j\u00f6rg@" + there + "\r\nSubject: " + GREETING + "\r\n\r\nhello\r\n");
    eventually(
        () ->
            assertThat(onlyOne(inboxes.all(ann)))
                .contains(
                    "Return-Path: <j\u00f6rg@" + there,
                    "with UTF8SMTP",
                    "Subject: " + GREETING + "\r\n"));
    throughUs(
        "<ann@" + here + "> SMTPUTF8",
        "<j\u00f6rg@" + there + ">",
        "From: ann@" + here + "\r\nSubject: " + GREETING + "\r\n\r\nhello\r\n");
    eventually(
        () ->
            assertThat(onlyOne(postfix.messages("joerg")))
                .contains("with UTF8SMTP", "Subject: " + GREETING + "\n"));
  }

  @Test
  void largeMailGoesInChunks() throws IOException {
    var lines = ("." + "x".repeat(70) + "\r\n").repeat(40_000);
    throughUs(
        "<ann@" + here + ">",
        "<ben@" + there + ">",
        "From: ann@"
            + here
            + "\r\nSubject: large\r\n\r\n"
            + lines.replace("\r\n.", "\r\n..").replaceFirst("^\\.", ".."));
    eventually(
        () ->
            assertThat(onlyOne(postfix.messages())).endsWith("\n\n" + lines.replace("\r\n", "\n")));
    eventually(() -> assertThat(postfix.log()).contains(" bdat=").doesNotContain(" data="));
  }

  @Test
  void postfixHandsOverByLmtpAndHearsOfEachRecipient() throws Exception {
    postfix.close();
    var certificate = new TestCertificates(folder.resolve("ca2")).issue("postfix", "mx." + there);
    postfix =
        Postfix.start(
            certificate,
            HOST,
            PostroomServer.partner().port(),
            there,
            Map.of(here, "lmtp:[127.0.0.1]:" + port(Service.LMTP)));
    try (var talk = Talk.with(HOST, PostroomServer.partner().port())) {
      talk.expect(250, "EHLO client.test");
      talk.expect(250, "MAIL FROM:<ben@" + there + "> BODY=8BITMIME");
      talk.expect(250, "RCPT TO:<ann@" + here + "> NOTIFY=SUCCESS,FAILURE");
      talk.expect(250, "RCPT TO:<nobody@" + here + ">");
      talk.expect(354, "DATA");
      talk.expect(250, "From: ben@" + there + "\r\nSubject: by LMTP\r\n" + UTF8_CONTENT + ".");
    }
    eventually(
        () -> assertThat(onlyOne(inboxes.all(ann))).contains("with LMTP").endsWith(UTF8_CONTENT));
    eventually(
        () ->
            assertThat(postfix.messages())
                .anyMatch(report -> report.contains("nobody@") && report.contains("5.1.1"))
                .anyMatch(report -> report.matches("(?s).*Action: (delivered|relayed).*")));
  }
}
