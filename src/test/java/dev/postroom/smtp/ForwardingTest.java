package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Forwarders;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.net.Listeners;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.SmtpPartner;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes in and goes on to others: forwarders, catch-alls, reports. */
@PostroomTest
class ForwardingTest {
  @Inject Fixtures fixtures;
  @Inject Mailboxes mailboxes;
  @Inject Forwarders forwarders;
  @Inject Listeners listeners;
  @Inject Inboxes inboxes;

  private DomainInfo domain;
  private String ours;
  private String theirs;
  private long ann;

  @BeforeEach
  void makeDomains() {
    domain = fixtures.domain();
    ours = domain.name().ascii();
    theirs = fixtures.unique("remote") + ".test";
    PostroomServer.dns().mx(theirs, 10, "mx." + theirs).address("mx." + theirs, "127.0.0.1");
    ann = fixtures.mailbox(domain, "ann").id();
  }

  private Talk receiving() throws IOException {
    return Talk.with(port(Service.RECEIVING));
  }

  private int port(Service service) {
    return listeners.all().stream()
        .filter(open -> open.endpoint().name().equals(service.label()))
        .findFirst()
        .orElseThrow()
        .port();
  }

  /** Gives the reply to the end of the message. */
  private static String send(Talk talk, String from, String message, String... recipients)
      throws IOException {
    talk.expect(250, "EHLO there.test");
    talk.expect(250, "MAIL FROM:<" + from + ">");
    for (String recipient : recipients) {
      talk.expect(250, "RCPT TO:<" + recipient + ">");
    }
    talk.expect(354, "DATA");
    return talk.say(message + "\r\n.").toString();
  }

  private String receive(String from, String message, String... recipients) throws IOException {
    try (var talk = receiving()) {
      return send(talk, from, message, recipients);
    }
  }

  private List<SmtpPartner.Received> awaitRemote(int count) {
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(() -> remote().size() >= count);
    return remote();
  }

  private List<SmtpPartner.Received> remote() {
    return PostroomServer.partner().messages().stream()
        .filter(message -> message.to().stream().anyMatch(to -> to.endsWith("@" + theirs)))
        .toList();
  }

  private String awaitInbox(long mailboxId, int count) throws IOException {
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(() -> inboxes.count(mailboxId) >= count);
    return inboxes.newest(mailboxId);
  }

  @Test
  void aForwarderReachesHereAndElsewhereWithAReturnAddressOfOurs() throws IOException {
    fixtures.forwarder(domain, "sales", "ann@" + ours, "cho@" + theirs);
    assertThat(receive("me@author.test", "Subject: x\r\n\r\nbody", "sales@" + ours))
        .startsWith("250 ");
    assertThat(inboxes.newest(ann)).startsWith("Return-Path: <me@author.test>\r\n");
    var sent = awaitRemote(1).getFirst();
    assertThat(sent.from()).matches("SRS0=\\w{6}=\\w{2}=author\\.test=me@" + ours);
    assertThat(sent.content())
        .startsWith("Delivered-To: sales@" + ours + "\r\nReceived: from there.test ")
        .doesNotContain("Return-Path")
        .endsWith("\r\nSubject: x\r\n\r\nbody\r\n");

    // whoever got it cannot write to the author through us
    try (var talk = receiving()) {
      talk.expect(250, "EHLO there.test");
      talk.expect(250, "MAIL FROM:<cho@" + theirs + ">");
      talk.expect(550, "RCPT TO:<" + sent.from() + ">");
    }

    // a report comes back, and finds the author
    PostroomServer.dns().mx("author.test", 10, "mx." + theirs);
    assertThat(receive("", "Subject: failed\r\n\r\n", sent.from())).startsWith("250 ");
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () ->
                PostroomServer.partner().messages().stream()
                    .anyMatch(m -> m.to().contains("me@author.test") && m.from().isEmpty()));
  }

  @Test
  void theNullReversePathStaysWhatItIsAndAStrangerIsNoSenderOfOurs() throws IOException {
    fixtures.forwarder(domain, "out", "cho@" + theirs);
    receive("", "Subject: x\r\n\r\n", "out@" + ours);
    assertThat(awaitRemote(1).getFirst().from()).isEmpty();
    receive("ann@" + ours, "Subject: y\r\n\r\n", "out@" + ours);
    assertThat(awaitRemote(2).getLast().from()).startsWith("SRS0=").endsWith("=ann@" + ours);
  }

  @Test
  void aForwarderThatComesBackToItselfThroughAnotherServerIsStopped() throws IOException {
    fixtures.forwarder(domain, "out", "cho@" + theirs);
    receive("me@author.test", "Subject: x\r\n\r\n", "out@" + ours);
    var sent = awaitRemote(1).getFirst();
    assertThat(receive(sent.from(), sent.content().stripTrailing() + "\r\n", "out@" + ours))
        .startsWith("550 5.4.6 ");
  }

  @Test
  void nestedForwardersAndCatchAllsEndInOneCopy() throws IOException {
    fixtures.forwarder(domain, "a", "b@" + ours, "ann@" + ours, "cho@" + theirs);
    fixtures.forwarder(domain, "b", "a@" + ours, "ann@" + ours, "cho@" + theirs);
    receive("me@author.test", "Subject: x\r\n\r\n", "a@" + ours, "b@" + ours, "ann@" + ours);
    assertThat(inboxes.count(ann)).isEqualTo(1);
    awaitRemote(1);
    receive("me@author.test", "Subject: y\r\n\r\n", "b@" + ours);
    assertThat(awaitRemote(2)).hasSize(2).allMatch(message -> message.to().size() == 1);
  }

  @Test
  void aForwarderThatKeepsACopyDeliversIt() throws IOException {
    var to = List.of(MailAddress.parse("cho@" + theirs));
    forwarders.create(Viewer.SERVER, domain.id(), "ann", to, true);
    receive("me@author.test", "Subject: x\r\n\r\n", "ann@" + ours);
    assertThat(inboxes.count(ann)).isEqualTo(1);
    awaitRemote(1);
  }

  @Test
  void aFullMailboxAmongOthersIsReportedToTheSender() throws IOException {
    mailboxes.create(Viewer.SERVER, domain.id(), "full", "", 300L);
    long ben = fixtures.mailbox(domain, "ben").id();
    var big = "Subject: x\r\n\r\n" + "y".repeat(500);
    assertThat(receive("ann@" + ours, big, "ben@" + ours, "full@" + ours)).startsWith("250 ");
    assertThat(inboxes.newest(ben)).contains("\r\nyyyy");
    assertThat(awaitInbox(ann, 1))
        .contains("Status: 5.2.2", "full@" + ours)
        .doesNotContain("ben@" + ours);

    // alone it is a refusal, and nobody gets a report
    assertThat(receive("ann@" + ours, big, "full@" + ours)).startsWith("452 4.2.2 ");
    assertThat(inboxes.count(ann)).isEqualTo(1);
  }

  @Test
  void aDeadTargetAmongOthersIsReportedToTheSender() throws IOException {
    fixtures.forwarder(domain, "team", "gone@" + ours, "cho@" + theirs);
    assertThat(receive("ann@" + ours, "Subject: x\r\n\r\n", "team@" + ours)).startsWith("250 ");
    awaitRemote(1);
    assertThat(awaitInbox(ann, 1)).contains("Status: 5.1.1", "team@" + ours);
    // of reports there are no reports
    assertThat(receive("", "Subject: x\r\n\r\n", "team@" + ours)).startsWith("250 ");
    awaitRemote(2);
    assertThat(inboxes.count(ann)).isEqualTo(1);
  }

  @Test
  void aSubmittedMessageGoesHereAndElsewhereWithItsSendersName() throws IOException {
    long ben = fixtures.mailbox(domain, "ben").id();
    var trust = PostroomServer.certificates().clientContext();
    try (var talk = Talk.overTls(port(Service.SUBMISSIONS), trust)) {
      talk.expect(250, "EHLO there.test");
      var login = "\0ann@" + ours + "\0" + Fixtures.PASSWORD;
      var octets = login.getBytes(StandardCharsets.UTF_8);
      talk.expect(235, "AUTH PLAIN " + Base64.getEncoder().encodeToString(octets));
      var message = "From: ann@" + ours + "\r\nSubject: x\r\n\r\nl\u00e4st";
      assertThat(send(talk, "ann@" + ours, message, "ben@" + ours, "cho@" + theirs))
          .startsWith("250 ");
    }
    assertThat(inboxes.count(ben)).isEqualTo(1);
    var sent = awaitRemote(1).getFirst();
    assertThat(sent.from()).isEqualTo("ann@" + ours);
    assertThat(sent.content()).startsWith("Received: from there.test ").contains("\r\nDate: ");
  }
}
