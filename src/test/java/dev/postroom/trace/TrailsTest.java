package dev.postroom.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class TrailsTest {
  @Inject Trace trace;
  @Inject Trails trails;
  @Inject Fixtures fixtures;

  private Viewer.Person alice;
  private Viewer.Person bob;
  private DomainInfo alpha;
  private DomainInfo beta;

  @BeforeEach
  void makeCustomers() {
    alice = fixtures.customer();
    bob = fixtures.customer();
    alpha = fixtures.domain(alice);
    beta = fixtures.domain(bob);
  }

  private static TraceId id() {
    return TraceId.next(Clock.systemUTC(), new Random());
  }

  private static MailAddress at(String local, DomainInfo domain) {
    return new MailAddress(local, domain.name());
  }

  private Story story(String sender) {
    return trace
        .begin(id())
        .from(
            new Origin(
                "smtp",
                "192.0.2.7",
                "mail.example.org",
                "TLSv1.3 TLS_AES_256_GCM_SHA384",
                null,
                ReversePath.parse(sender)))
        .content("<1@example.org>", "not kept", 1234);
  }

  private void written() {
    await().until(() -> trace.waiting() == 0);
    // the batch that was taken may not have committed yet
    var marker = id();
    trace.record(new TraceEvent(marker, null, null, new Step.Queued()));
    await().until(() -> trails.story(Viewer.SERVER, marker, "").isPresent());
  }

  private static TrailQuery to(String recipient) {
    return new TrailQuery("", recipient, "", "", "", null, null, null);
  }

  private List<TrailLine> search(Viewer viewer, TrailQuery query) {
    return trails.search(viewer, query, "", 50).lines();
  }

  private static MessageStory.Head head(MessageStory story) {
    return Objects.requireNonNull(story.head());
  }

  private static List<Step> steps(MessageStory story) {
    return story.happenings().stream().map(MessageStory.Happening::step).toList();
  }

  @Test
  void whatHappensLaterJoinsTheStoryAndChangesItsOutcome() {
    var story = story("me@example.org").add(at("ann", alpha), new Step.Queued());
    trace.record(story);
    var until = Instant.parse("2030-01-01T10:00:00Z");
    trace.record(
        List.of(
            new TraceEvent(
                story.trace(),
                alice.accountId(),
                at("Ann", alpha),
                new Step.Deferred("mx.example.org", "450 not now", until)),
            new TraceEvent(
                story.trace(),
                alice.accountId(),
                at("ann", alpha),
                new Step.Sent("mx.example.org", "250 ok", "none"))));
    written();

    var line = search(alice, to("ANN@" + alpha.name())).getFirst();
    assertThat(line.outcome()).isEqualTo(Outcome.SENT);
    assertThat(line.sender()).isEqualTo("me@example.org");
    var told = trails.story(alice, line.trace(), "").orElseThrow();
    assertThat(steps(told))
        .containsExactly(
            new Step.Queued(),
            new Step.Deferred("mx.example.org", "450 not now", until),
            new Step.Sent("mx.example.org", "250 ok", "none"));
    assertThat(head(told).messageId()).isEqualTo("<1@example.org>");
    assertThat(head(told).subject()).isEmpty();
  }

  @Test
  void theEndMayBeWrittenBeforeTheBeginning() {
    var story = story("me@example.org").add(at("ann", alpha), new Step.Queued());
    trace.record(
        new TraceEvent(
            story.trace(), null, at("ann", alpha), new Step.Sent("mx", "250 ok", "none")));
    written();
    trace.record(story);
    written();
    var line = search(alice, to("ann@" + alpha.name())).getFirst();
    assertThat(line.sender()).isEqualTo("me@example.org");
    assertThat(line.outcome()).isEqualTo(Outcome.SENT);
    assertThat(steps(trails.story(alice, story.trace(), "").orElseThrow()))
        .containsExactly(new Step.Queued(), new Step.Sent("mx", "250 ok", "none"));
  }

  @Test
  void eachCustomerSeesItsOwnRecipientsPart() {
    var reseller = fixtures.reseller();
    var carol = fixtures.customerOf(reseller);
    var gamma = fixtures.domain(carol);
    var story =
        story("me@example.org")
            .add(at("ann", alpha), new Step.Delivered("INBOX"))
            .add(at("ben", beta), new Step.Delivered("INBOX"))
            .add(at("cho", gamma), new Step.Delivered("INBOX"))
            .add(MailAddress.parse("x@elsewhere.example"), new Step.Refused("550 no relaying"));
    trace.record(story);
    written();

    assertThat(recipients(alice, story.trace())).containsExactly("ann@" + alpha.name());
    assertThat(recipients(bob, story.trace())).containsExactly("ben@" + beta.name());
    assertThat(recipients(reseller, story.trace())).containsExactly("cho@" + gamma.name());
    assertThat(recipients(fixtures.administrator(), story.trace())).hasSize(4);
    assertThat(trails.story(fixtures.customer(), story.trace(), "")).isEmpty();
    assertThat(search(alice, to("ben@" + beta.name()))).isEmpty();
    assertThat(search(new Viewer.MailboxUser(1, at("ann", alpha)), TrailQuery.EVERYTHING))
        .isEmpty();
  }

  private List<String> recipients(Viewer viewer, TraceId id) {
    var told = trails.story(viewer, id, "").orElseThrow();
    var lines =
        search(viewer, new TrailQuery("", "", id.value(), "", "", null, null, null)).stream()
            .map(TrailLine::recipient)
            .sorted()
            .toList();
    assertThat(told.happenings().stream().map(MessageStory.Happening::recipient).sorted())
        .isEqualTo(lines);
    return lines;
  }

  @Test
  void onlyTheSendersSideHearsWhoWasLoggedIn() {
    var story =
        trace
            .begin(id())
            .from(
                new Origin(
                    "submission",
                    "192.0.2.7",
                    "laptop",
                    "",
                    at("ann", alpha),
                    ReversePath.of(at("ann", alpha))))
            .add(alice.accountId(), at("ben", beta), new Step.HandedOver())
            .add(at("ben", beta), new Step.Delivered("INBOX"));
    trace.record(story);
    written();
    assertThat(head(trails.story(alice, story.trace(), "").orElseThrow()).login())
        .isEqualTo("ann@" + alpha.name());
    assertThat(steps(trails.story(alice, story.trace(), "").orElseThrow()))
        .containsExactly(new Step.HandedOver());
    assertThat(head(trails.story(bob, story.trace(), "").orElseThrow()).login()).isEmpty();
    assertThat(steps(trails.story(Viewer.SERVER, story.trace(), "").orElseThrow()))
        .containsExactly(new Step.Delivered("INBOX"));
    assertThat(
            search(
                Viewer.SERVER,
                new TrailQuery("", "ben@" + beta.name(), "", "", "", null, null, null)))
        .hasSize(1);
  }

  @Test
  void aSearchFindsByEverythingThatItMayAskFor() {
    var ann = at("ann", alpha);
    var story = story("me@sender.example").add(ann, new Step.Delivered("INBOX"));
    trace.record(story);
    trace.record(story("you@other.example").add(at("ben", alpha), new Step.Refused("550 no")));
    written();
    var now = Instant.now();
    for (var query :
        List.of(
            to("ann@" + alpha.name()),
            new TrailQuery("Me@sender.example", "", "", "", "", null, null, null),
            new TrailQuery("sender.example", alpha.name().ascii(), "", "", "", null, null, null),
            new TrailQuery("", "", story.trace().value(), "", "", null, null, null),
            new TrailQuery("@sender.example", "", "", "1@example.org", "", null, null, null),
            new TrailQuery("", "", "", "", "192.0.2.7", Outcome.DELIVERED, null, null),
            new TrailQuery(
                "",
                "ann@" + alpha.name(),
                "",
                "",
                "",
                Outcome.DELIVERED,
                now.minusSeconds(60),
                now.plusSeconds(60)))) {
      assertThat(search(alice, query)).as("%s", query).hasSize(1);
      assertThat(search(alice, query).getFirst().trace()).isEqualTo(story.trace());
    }
    assertThat(search(alice, new TrailQuery("", "", "nonsense", "", "", null, null, null)))
        .isEmpty();
    assertThat(search(alice, new TrailQuery("", "", "", "", "", null, now.plusSeconds(60), null)))
        .isEmpty();
    assertThatThrownBy(() -> search(alice, to("not an address")))
        .isInstanceOf(DirectoryProblem.class);
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() {
    var story = story("me@example.org");
    for (int i = 0; i < 25; i++) {
      story.add(at("r" + i, alpha), new Step.Delivered("INBOX"));
    }
    trace.record(story);
    written();
    var seen = new ArrayList<String>();
    var after = "";
    while (after != null) {
      var found = trails.search(alice, TrailQuery.EVERYTHING, after, 10);
      found.lines().forEach(line -> seen.add(line.recipient()));
      after = found.next();
    }
    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    assertThat(trails.search(alice, TrailQuery.EVERYTHING, "rubbish", 10).lines()).hasSize(10);
  }

  @Test
  void wordsThatAreTooLongAreCutAndStrangeOnesKept() {
    var words = "550 " + "é😀".repeat(700);
    var story = story("me@example.org").add(at("ann", alpha), new Step.Refused(words));
    trace.record(story);
    written();
    var step = steps(trails.story(alice, story.trace(), "").orElseThrow()).getFirst();
    assertThat(((Step.Refused) step).reply()).startsWith("550 é😀").hasSizeBetween(999, 1000);
  }

  @Test
  void recordingNeverWaitsLongerThanTheWriterDoes() {
    // the writer is at most one pause behind: readers see what happened a moment ago
    trace.record(story("me@example.org").add(at("ann", alpha), new Step.Delivered("INBOX")));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(search(alice, TrailQuery.EVERYTHING)).hasSize(1));
  }
}
