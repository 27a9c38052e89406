package dev.postroom.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.trace.Origin;
import dev.postroom.trace.Step;
import dev.postroom.trace.Story;
import dev.postroom.trace.Trace;
import dev.postroom.trace.TraceEvent;
import dev.postroom.trace.Trails;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Somebody asks what became of a message. Screenshots go into {@code target/screenshots}. */
@PostroomTest
class TrackingTest {
  private static final Path FOLDER = Path.of("target/screenshots");
  private static final String TLS = "TLSv1.3 TLS_AES_256_GCM_SHA384";

  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject Trace trace;
  @Inject Trails trails;

  private record World(
      Viewer.Person customer,
      DomainInfo domain,
      TraceId forwarded,
      TraceId bounced,
      TraceId refused) {
    MailAddress at(String local) {
      return new MailAddress(local, domain.name());
    }
  }

  private World world() {
    var customer = people.customer();
    var world = new World(customer, fixtures.domain(customer), id(), id(), id());
    tellForwarded(world);
    tellBounced(world);
    tellRefused(world);
    await().until(() -> trails.story(customer, world.refused, "").isPresent());
    return world;
  }

  private static TraceId id() {
    return TraceId.next(Clock.systemUTC(), new Random());
  }

  private Story fromOutside(TraceId id) {
    return trace
        .begin(id)
        .from(
            new Origin(
                "smtp",
                "192.0.2.25",
                "mail.example.org",
                TLS,
                null,
                ReversePath.parse("carla@example.org")))
        .content("<20261124.7731@example.org>", null, 48_213);
  }

  private void tellForwarded(World world) {
    var target = MailAddress.parse("ben@home.example");
    long account = world.customer.accountId();
    trace.record(
        fromOutside(world.forwarded)
            .add(world.at("sales"), new Step.Forwarded(Step.Way.FORWARDER, world.at("ann")))
            .add(world.at("sales"), new Step.Forwarded(Step.Way.FORWARDER, target))
            .add(account, target, new Step.Queued())
            .add(world.at("ann"), new Step.Delivered("Inbox")));
    trace.record(
        List.of(
            new TraceEvent(
                world.forwarded,
                account,
                target,
                new Step.Deferred(
                    "mx1.home.example",
                    "451 4.7.1 Greylisting in action, please come back later",
                    Instant.now().plusSeconds(60))),
            new TraceEvent(
                world.forwarded,
                account,
                target,
                new Step.Sent(
                    "mx2.home.example",
                    "250 2.0.0 Ok: queued as 4F1A2B3C4D",
                    TLS + ", verified by DANE"))));
  }

  private void tellBounced(World world) {
    var gone = MailAddress.parse("old-friend@elsewhere.example");
    var ann = world.at("ann");
    long account = world.customer.accountId();
    trace.record(
        trace
            .begin(world.bounced)
            .from(
                new Origin("submissions", "198.51.100.7", "laptop", TLS, ann, ReversePath.of(ann)))
            .content("<b1@laptop>", null, 2_100)
            .add(account, gone, new Step.Queued()));
    trace.record(
        List.of(
            new TraceEvent(
                world.bounced,
                account,
                gone,
                new Step.Failed(
                    "mx.elsewhere.example",
                    "550 5.1.1 <old-friend@elsewhere.example>: Recipient address rejected: User"
                        + " unknown in virtual mailbox table")),
            new TraceEvent(
                world.bounced, account, gone, new Step.Reported(Step.Report.FAILED, ann)),
            new TraceEvent(world.bounced, account, ann, new Step.Delivered("Inbox"))));
  }

  private void tellRefused(World world) {
    var typo = world.at("anne");
    trace.record(
        fromOutside(world.refused)
            .add(typo, new Step.Refused("550 5.1.1 " + typo + ": no such mailbox here")));
  }

  @Test
  void aCustomerFindsAMessageAndReadsItsStory() {
    var world = world();
    try (var visitor = Visitor.withoutJavaScript()) {
      visitor.signIn(world.customer.login(), Fixtures.PASSWORD).follow("Track mail");
      visitor.sees("old-friend@elsewhere.example");
      assertThat(visitor.page().locator(".badge").allInnerTexts())
          .contains("Returned to sender", "Refused", "Sent");
      visitor.fill("Recipient", "ben@home.example").press("Search");
      assertThat(visitor.page().locator("tbody tr").count()).isEqualTo(1);
      visitor.follow("ben@home.example");
      visitor
          .sees("Arrived from mail.example.org (192.0.2.25), encrypted (TLS 1.3).")
          .sees("The forwarder sales@" + world.domain.name() + " sends it on to ben@home.example.")
          .sees("Put into the mailbox ann@" + world.domain.name() + ", folder Inbox.")
          .sees("mx1.home.example does not take it for ben@home.example yet")
          .sees("mx2.home.example has taken it for ben@home.example");
      visitor
          .open("/tracking/" + world.bounced)
          .sees("The sender, ann@" + world.domain.name() + ", was told")
          .sees("The report was put into the mailbox ann@");
      visitor.open("/tracking?to=nobody@nowhere.example").sees("Nothing was found");
      visitor.open("/tracking?to=no+address").sees("is no address and no domain");
      visitor.open("/tracking?outcome=REFUSED").sees("anne@" + world.domain.name());
    }
  }

  @Test
  void othersSeeNothingOfIt() {
    var world = world();
    var stranger = people.customer();
    try (var visitor = Visitor.arrives()) {
      visitor.signIn(stranger.login(), Fixtures.PASSWORD).open("/tracking");
      visitor.sees("No messages yet");
      visitor.open("/tracking/" + world.bounced).sees("There is no such page");
      visitor.open("/tracking/nonsense").sees("There is no such page");
    }
  }

  @Test
  void theStoriesFitEveryScreen() {
    var world = world();
    var views =
        Map.of(
            "tracking", "/tracking",
            "tracking-nothing", "/tracking?to=nobody@nowhere.example&id=x",
            "story-forwarded", "/tracking/" + world.forwarded,
            "story-bounced", "/tracking/" + world.bounced,
            "story-refused", "/tracking/" + world.refused);
    for (var look : Look.values()) {
      try (var visitor = Visitor.with(look.options())) {
        visitor.signIn(world.customer.login(), Fixtures.PASSWORD);
        views.forEach((name, path) -> shoot(look, visitor, name, path));
        visitor.hadNoComplaints();
      }
    }
  }

  private static void shoot(Look look, Visitor visitor, String name, String path) {
    var page = visitor.open(path).page();
    if (name.equals("story-forwarded")) {
      page.locator("details:has-text('Details') summary").first().click();
    }
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(FOLDER.resolve(look.name().toLowerCase(Locale.ROOT)).resolve(name + ".png"))
            .setFullPage(true));
    var wide = page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assertThat((int) wide).as("%s sticks out of its %s screen", path, look).isNotPositive();
    assertThat(page.content()).doesNotContain("NOT_FOUND");
    if (look != Look.PHONE) {
      assertThat(Accessibility.violations(page)).as("WCAG 2.1 AA of %s, %s", path, look).isEmpty();
    }
  }

  private enum Look {
    LIGHT,
    DARK,
    PHONE;

    Browser.NewContextOptions options() {
      var options =
          new Browser.NewContextOptions()
              .setColorScheme(this == DARK ? ColorScheme.DARK : ColorScheme.LIGHT);
      return this == PHONE
          ? options.setViewportSize(360, 740).setDeviceScaleFactor(2)
          : options.setViewportSize(1280, 800);
    }
  }
}
