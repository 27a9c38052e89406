package dev.postroom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.postroom.directory.DestinationState;
import dev.postroom.directory.Destinations;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Refusals;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.net.Listeners;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.SmtpPartner;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a forwarder that a customer adds to the mail that a stranger agrees to. */
@PostroomTest
class ForwardingConsentTest {
  private static final Pattern LINK =
      Pattern.compile("https://mail\\.postroom\\.test(/confirm/\\S+)");

  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject Destinations destinations;
  @Inject Refusals refusals;
  @Inject Listeners listeners;

  private Viewer.Person customer;
  private DomainInfo domain;
  private MailAddress cho;

  @BeforeEach
  void aCustomerAndAStranger() {
    customer = people.customer();
    domain = fixtures.domain(customer);
    var theirs = fixtures.unique("consenting") + ".test";
    PostroomServer.dns().mx(theirs, 10, "mx." + theirs).address("mx." + theirs, "127.0.0.1");
    cho = MailAddress.parse("cho@" + theirs);
  }

  private List<SmtpPartner.Received> arrived() {
    return PostroomServer.partner().messages().stream()
        .filter(message -> message.to().contains(cho.toString()))
        .toList();
  }

  private SmtpPartner.Received await(int count) {
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(() -> arrived().size() >= count);
    return arrived().get(count - 1);
  }

  private String linkIn(SmtpPartner.Received mail) {
    var link = LINK.matcher(mail.content());
    assertThat(link.find()).as(mail.content()).isTrue();
    return link.group(1);
  }

  private DestinationState state() {
    return destinations.find(customer, domain.id(), cho).state();
  }

  /** The reply to RCPT, or to the message when its recipient is taken. */
  private String sendTo(String localPart) throws IOException {
    int port =
        listeners.all().stream()
            .filter(open -> open.endpoint().name().equals("smtp"))
            .findFirst()
            .orElseThrow()
            .port();
    try (var socket = new Socket("127.0.0.1", port);
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      var reply = in.readLine();
      for (var line :
          new String[] {
            "HELO there.test",
            "MAIL FROM:<me@author.test>",
            "RCPT TO:<%s@%s>".formatted(localPart, domain.name()),
            "DATA",
            "Subject: forwarded\r\n\r\nbody\r\n."
          }) {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        reply = in.readLine();
        if (reply.charAt(0) > '3') {
          return reply;
        }
      }
      return reply;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void mailFlowsWhenWhoGetsItHasPressedTheButton(boolean javaScript) throws IOException {
    try (var visitor = javaScript ? Visitor.arrives() : Visitor.withoutJavaScript();
        var stranger = javaScript ? Visitor.arrives() : Visitor.withoutJavaScript()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/forwarders/new?domain=" + domain.id()).fill("Address", "sales");
      visitor.fill("Goes to", cho.toString()).press("Add forwarder");
      visitor.sees("Mail to this address is not taken yet.").sees("Waiting for confirmation");
      assertThat(sendTo("sales")).startsWith("450 4.2.1 ");

      var mail = await(1);
      assertThat(mail.from()).isEmpty();
      assertThat(mail.content())
          .contains("sales@" + domain.name())
          .contains("\r\nAuto-Submitted: auto-generated\r\n");
      var link = linkIn(mail);
      stranger.open(link).seesHeading("Do you want this mail?").sees("sales@" + domain.name());
      assertThat(state()).isEqualTo(DestinationState.WAITING); // looking agrees to nothing
      stranger.press("Yes, forward it to me").seesHeading("You get this mail");
      assertThat(state()).isEqualTo(DestinationState.CONFIRMED);
      stranger.hadNoComplaints();

      assertThat(sendTo("sales")).startsWith("250 ");
      var forwarded = await(2);
      assertThat(forwarded.from()).startsWith("SRS0=").endsWith("@" + domain.name());
      assertThat(forwarded.content()).startsWith("Delivered-To: sales@" + domain.name());
      visitor.page().reload();
      visitor.sees("Confirmed");

      stranger.press("Stop forwarding to me").seesHeading("Nothing is forwarded to you");
      assertThat(sendTo("sales")).startsWith("550 5.2.1 ");
      visitor.page().reload();
      visitor.sees("Declined").hadNoComplaints();
    }
  }

  @Test
  void aLinkIsVoidWhenItsMailWasSentAgain() {
    try (var visitor = Visitor.arrives();
        var stranger = Visitor.arrives()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/domains/" + domain.id());
      visitor.fill("Where mail to unknown addresses goes", cho.toString());
      visitor.page().locator("section[aria-labelledby=catch-all] button").first().click();
      visitor.sees("Until it agrees, mail to unknown addresses is not taken.");
      var first = linkIn(await(1));
      visitor.press("Send the mail again").sees("A mail is on its way");
      var second = linkIn(await(2));
      stranger.open(first).seesHeading("This link is not valid");
      stranger.open(second).sees("other addresses of " + domain.name());
      stranger.press("No").seesHeading("Nothing is forwarded to you");
      visitor.press("Send the mail again").sees("does not want this mail");
      visitor.hadNoComplaints();
    }
  }

  @Test
  void aPausedDestinationIsResumedWithAButton() {
    fixtures.mailbox(domain, "postmaster");
    var sales = fixtures.forwarder(domain, "sales", cho.toString());
    for (int i = 0; i < 25; i++) {
      QuarkusTransaction.requiringNew()
          .run(() -> refusals.count(customer.accountId(), cho, "550 5.1.1 <b>nobody</b>"));
    }
    try (var visitor = Visitor.arrives()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD);
      visitor.sees("Forwarding to " + cho + " is paused.").follow("See forwarders");
      visitor.sees("Paused").open("/forwarders/" + sales.id()).sees("550 5.1.1 <b>nobody</b>");
      visitor.press("Resume").sees("Mail goes to " + cho + " again.").sees("Confirmed");
      visitor.hadNoComplaints();
    }
  }

  @Test
  void aFormFromElsewhereAnswersNothing() {
    fixtures.mailbox(domain, "ann");
    try (var visitor = Visitor.arrives()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/forwarders/new?domain=" + domain.id()).fill("Address", "sales");
      visitor.fill("Goes to", cho.toString()).press("Add forwarder").sees("Waiting");
      var link = linkIn(await(1));
      Page page = visitor.page();
      var answer =
          page.request()
              .post(
                  Visitor.address() + link,
                  com.microsoft.playwright.options.RequestOptions.create()
                      .setForm(
                          com.microsoft.playwright.options.FormData.create().set("answer", "yes")));
      assertThat(answer.status()).isGreaterThanOrEqualTo(400);
      assertThat(state()).isEqualTo(DestinationState.WAITING);
    }
  }
}
