package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.net.Listeners;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.trace.MessageStory;
import dev.postroom.trace.Outcome;
import dev.postroom.trace.Step;
import dev.postroom.trace.TrailLine;
import dev.postroom.trace.TrailQuery;
import dev.postroom.trace.Trails;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.assertj.core.data.Index;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the trace tells of messages that come in. */
@PostroomTest
class StoryTest {
  private static final String MAIL = "Subject: x\r\nMessage-ID: <one@there.test>\r\n\r\nbody\r\n.";

  @Inject Fixtures fixtures;
  @Inject Listeners listeners;
  @Inject Trails trails;

  private Viewer.Person owner;
  private DomainInfo domain;
  private MailAddress ann;

  @BeforeEach
  void makeMailbox() {
    owner = fixtures.customer();
    domain = fixtures.domain(owner);
    ann = fixtures.mailbox(domain, "ann").address();
  }

  private MailAddress ours(String local) {
    return new MailAddress(local, domain.name());
  }

  private Talk talk(Service service) throws IOException {
    int port =
        listeners.all().stream()
            .filter(open -> open.endpoint().name().equals(service.label()))
            .findFirst()
            .orElseThrow()
            .port();
    return service.implicitTls()
        ? Talk.overTls(port, PostroomServer.certificates().clientContext())
        : Talk.with(port);
  }

  private void receive(String mail, Object... recipients) throws IOException {
    try (var talk = talk(Service.RECEIVING)) {
      talk.expect(250, "EHLO there.test");
      talk.expect(250, "MAIL FROM:<me@there.test>");
      for (var recipient : recipients) {
        talk.say("RCPT TO:<" + recipient + ">");
      }
      talk.say("DATA");
      talk.say(mail);
    }
  }

  private Talk submission() throws IOException {
    var talk = talk(Service.SUBMISSIONS);
    talk.expect(250, "EHLO laptop");
    var login = "\0" + ann + "\0" + Fixtures.PASSWORD;
    var plain = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    talk.expect(235, "AUTH PLAIN " + plain);
    return talk;
  }

  private void send(MailAddress from, String to) throws IOException {
    try (var talk = submission()) {
      talk.expect(250, "MAIL FROM:<" + from + ">");
      talk.expect(250, "RCPT TO:<" + to + ">");
      talk.expect(354, "DATA");
      talk.expect(250, "From: " + from + "\r\n" + MAIL);
    }
  }

  private TrailLine awaitLine(Viewer viewer, Object recipient, @Nullable Outcome outcome) {
    var query = new TrailQuery("", recipient.toString(), "", "", "", outcome, null, null);
    await().until(() -> !trails.search(viewer, query, "", 10).lines().isEmpty());
    return trails.search(viewer, query, "", 10).lines().getFirst();
  }

  private MessageStory story(Viewer viewer, TrailLine line) {
    return trails.story(viewer, line.trace(), "").orElseThrow();
  }

  private static List<Step> steps(MessageStory story) {
    return story.happenings().stream().map(MessageStory.Happening::step).toList();
  }

  @Test
  void itArrivesInAMailbox() throws IOException {
    receive(MAIL, ann);
    var told = story(owner, awaitLine(owner, ann, Outcome.DELIVERED));
    assertThat(steps(told)).containsExactly(new Step.Delivered("Inbox"));
    assertThat(told.head())
        .isEqualTo(
            new MessageStory.Head(
                "smtp",
                "127.0.0.1",
                "there.test",
                "",
                "",
                "me@there.test",
                "<one@there.test>",
                "",
                told.head() == null ? 0 : told.head().size()));
  }

  @Test
  void aForwarderAndACatchAllPassItOn() throws IOException {
    fixtures.forwarder(domain, "sales", ann.toString(), "x@elsewhere.invalid");
    receive(MAIL, ours("sales"));
    var told = story(owner, awaitLine(owner, ours("sales"), Outcome.FORWARDED));
    assertThat(steps(told))
        .contains(
            new Step.Forwarded(Step.Way.FORWARDER, ann),
            new Step.Forwarded(Step.Way.FORWARDER, MailAddress.parse("x@elsewhere.invalid")),
            new Step.Queued(),
            new Step.Delivered("Inbox"));
    assertThat(awaitLine(owner, "x@elsewhere.invalid", null).trace()).isEqualTo(told.trace());
  }

  @Test
  void whoeverIsRefusedIsToldOfInTheWordsOfTheReply() throws IOException {
    receive(MAIL, ours("nobody"), ann, "x@elsewhere.invalid");
    var line = awaitLine(owner, ours("nobody"), Outcome.REFUSED);
    assertThat(steps(story(owner, line)))
        .containsExactly(
            new Step.Refused("550 5.1.1 " + ours("nobody") + ": no such mailbox here"),
            new Step.Delivered("Inbox"));
    assertThat(steps(story(Viewer.SERVER, line))).hasSize(3);
  }

  @Test
  void aMessageThatIsRefusedAsAWholeIsRefusedForEachRecipient() throws IOException {
    var loop = "Received: x\r\n".repeat(101) + MAIL;
    receive(loop, ann);
    var told = story(owner, awaitLine(owner, ann, Outcome.REFUSED));
    assertThat(((Step.Refused) steps(told).getFirst()).reply()).contains("a mail loop");
  }

  @Test
  void aClientThatGoesAwayIsToldOf() throws IOException {
    try (var talk = talk(Service.RECEIVING)) {
      talk.expect(250, "EHLO there.test");
      talk.expect(250, "MAIL FROM:<me@there.test>");
      talk.expect(250, "RCPT TO:<" + ann + ">");
      talk.expect(354, "DATA");
    }
    var told = story(owner, awaitLine(owner, ann, Outcome.ABANDONED));
    assertThat(steps(told)).containsExactly(new Step.Abandoned());
  }

  @Test
  void whoSendsToAnotherCustomerHereSeesThatItWasTakenAndNoMore() throws IOException {
    var other = fixtures.customer();
    var theirs = fixtures.domain(other);
    var ben = fixtures.mailbox(theirs, "ben").address();
    fixtures.forwarder(theirs, "team", ben.toString());
    try (var talk = submission()) {
      talk.expect(553, "MAIL FROM:<somebody@else.test>");
    }
    send(ann, "team@" + theirs.name());
    var mine = story(owner, awaitLine(owner, "team@" + theirs.name(), Outcome.DELIVERED));
    assertThat(steps(mine)).containsExactly(new Step.HandedOver());
    var their = story(other, awaitLine(other, ben, Outcome.DELIVERED));
    assertThat(their.trace()).isEqualTo(mine.trace());
    assertThat(steps(their))
        .containsExactly(new Step.Forwarded(Step.Way.FORWARDER, ben), new Step.Delivered("Inbox"));

    var sender = new TrailQuery("somebody@else.test", "", "", "", "", null, null, null);
    var refused = trails.search(owner, sender, "", 10).lines().getFirst();
    assertThat(((Step.Refused) steps(story(owner, refused)).getFirst()).reply())
        .startsWith("553 5.7.1");
  }

  /** A domain elsewhere whose mail goes to the other server. */
  private String remote() {
    var domain = fixtures.unique("remote") + ".test";
    PostroomServer.dns().mx(domain, 10, "mx." + domain).address("mx." + domain, "127.0.0.1");
    return domain;
  }

  @Test
  void aForwardedMessageIsFollowedToTheServerThatTakesIt() throws IOException {
    var remote = remote();
    fixtures.forwarder(domain, "sales", "x@" + remote);
    receive(MAIL, ours("sales"));
    var told = story(owner, awaitLine(owner, "x@" + remote, Outcome.SENT));
    assertThat(steps(told)).hasSize(3).contains(new Step.Queued(), Index.atIndex(1));
    var sent = (Step.Sent) steps(told).get(2);
    assertThat(sent.host()).isEqualTo("mx." + remote);
    assertThat(sent.reply()).startsWith("250");
    assertThat(sent.security()).isNotEmpty();
    assertThat(told.happenings().get(2).recipient()).isEqualTo("x@" + remote);
  }

  @Test
  void aMessageThatIsReturnedIsOneStoryWithItsReport() throws IOException {
    var remote = remote();
    PostroomServer.partner().on("RCPT TO:<gone@" + remote, "550 5.1.1 no such user here");
    send(ann, "gone@" + remote);
    var line = awaitLine(owner, "gone@" + remote, Outcome.RETURNED);
    awaitLine(owner, ann, Outcome.DELIVERED);
    var told = steps(story(owner, line));
    assertThat(told)
        .contains(
            new Step.Queued(),
            new Step.Failed("mx." + remote, "550 5.1.1 no such user here"),
            new Step.Reported(Step.Report.FAILED, ann),
            new Step.Delivered("Inbox"));
  }
}
