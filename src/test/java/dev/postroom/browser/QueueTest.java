package dev.postroom.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postroom.audit.AuditTrail;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import dev.postroom.queue.Outbox;
import dev.postroom.queue.QueuedMessage;
import dev.postroom.queue.Selection;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.QueuedMail;
import dev.postroom.testing.SmtpPartner;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every action on the queue at a real browser. */
@PostroomTest
class QueueTest {
  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject QueuedMail mail;
  @Inject Outbox outbox;
  @Inject AuditTrail trail;

  private SmtpPartner partner;
  private Viewer.Person customer;
  private String from;

  @BeforeEach
  void somethingWaits() throws Exception {
    partner = SmtpPartner.start();
    customer = people.customer();
    from = "anna@" + fixtures.domain(customer).name().ascii();
  }

  @AfterEach
  void stop() throws Exception {
    partner.close();
  }

  private List<QueuedMessage> held(Viewer viewer) {
    return list(viewer, Selection.ALL.in(Selection.State.HELD));
  }

  private List<QueuedMessage> list(Viewer viewer, Selection selection) {
    return outbox.list(viewer, selection, PageRequest.first(100)).items();
  }

  private List<String> audited() {
    return trail.list(customer, new PageRequest("message", 1, 100)).items().stream()
        .map(entry -> entry.action() + " " + entry.subject())
        .toList();
  }

  private static void tick(Visitor visitor, String recipient) {
    visitor.page().locator("input[aria-label='Message to " + recipient + "']").check();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCustomerHoldsReleasesAndDropsWhatItTicked(boolean javaScript) {
    mail.waits(customer, from, "ben@away.example", "cho@away.example", "dee@other.example");
    try (var visitor = javaScript ? Visitor.arrives() : Visitor.withoutJavaScript()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/queue").press("Hold").sees("Tick the messages that you mean first.");
      tick(visitor, "ben@away.example");
      tick(visitor, "dee@other.example");
      visitor.press("Hold").sees("2 messages were put on hold.").sees("On hold");
      assertThat(held(customer)).hasSize(2);

      visitor.choose("State", "held");
      if (!javaScript) {
        visitor.press("Search");
      }
      visitor.sees("2 in all");
      visitor.choose("Which messages", "all").press("Release");
      visitor.sees("2 messages were released and will be sent now.");
      assertThat(held(customer)).isEmpty();

      visitor.open("/queue");
      tick(visitor, "cho@away.example");
      visitor.press("Delete").seesHeading("Delete 1 message?").sees("This cannot be undone.");
      visitor.press("Delete").sees("1 message was deleted, and the senders are told.");
      visitor.hadNoComplaints();
    }
    assertThat(list(customer, Selection.search("cho@"))).isEmpty();
    assertThat(audited())
        .contains(
            "message.held %s → ben@away.example".formatted(from),
            "message.held %s → dee@other.example".formatted(from),
            "messages.released held",
            "message.dropped %s → cho@away.example".formatted(from));
  }

  @Test
  void anAdministratorReroutesMailOfACustomerToADomainAndItArrives() {
    mail.waits(customer, from, "ben@stuck.example", "cho@elsewhere.example");
    var administrator = people.administrator();
    try (var visitor = Visitor.arrives()) {
      visitor.signIn(administrator.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/queue?destination=stuck.example&customer=" + customer.login());
      visitor.sees("1 in all").choose("Which messages", "all").press("Send elsewhere");
      visitor.seesHeading("Send 1 message elsewhere").sees("ben@stuck.example");
      visitor.fill("Server", "no such thing:x").press("Send there").sees("Name a host and a port");
      visitor.fill("Server", "127.0.0.1:" + partner.port()).press("Send there");
      visitor.sees("1 message will go to 127.0.0.1:" + partner.port());
      await().untilAsserted(() -> assertThat(partner.messages()).hasSize(1));
      assertThat(partner.messages().getFirst().to()).containsExactly("ben@stuck.example");
      visitor.hadNoComplaints();
    }
    assertThat(list(customer, Selection.ALL)).hasSize(1);
  }

  @Test
  void oneMessageHasAPageOfItsOwn() {
    mail.waits(customer, from, "ben@slow.example", "cho@slow.example");
    try (var visitor = Visitor.arrives()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/queue").follow("ben@slow.example");
      visitor.sees("451 4.3.2 Please try again later").sees("Your order of Monday");
      visitor.sees("The same message, for others").sees("cho@slow.example");
      visitor.press("Hold").sees("1 message was put on hold.");
      visitor.sees("kept and not sent until it is released");
      visitor.press("Release").sees("1 message was released and will be sent now.");
      visitor.hadNoComplaints();
    }
  }

  @Test
  void aResellerReadsNoMailOfItsCustomersAndOthersSeeNothing() {
    var reseller = people.reseller();
    var own = fixtures.customerOf(reseller);
    mail.waits(own, from, "ben@slow.example");
    long id = list(own, Selection.ALL).getFirst().id();
    try (var visitor = Visitor.arrives()) {
      visitor.signIn(reseller.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/queue/" + id).sees("451 4.3.2");
      assertThat(visitor.page().content()).doesNotContain("Your order of Monday");
    }
    try (var visitor = Visitor.arrives()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/queue/" + id).sees("There is no such page");
    }
  }

  @Test
  void whatAnAdministratorHoldsTheCustomerSeesAndCannotRelease() {
    mail.waits(customer, from, "ben@away.example");
    var administrator = people.administrator();
    try (var visitor = Visitor.arrives()) {
      visitor.signIn(administrator.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/queue/orders/hold");
      visitor.fill("Customer", customer.login()).fill("Reason", "Under investigation");
      visitor.press("Hold this mail").sees("From now on this mail is on hold. 1 that waited is");
      visitor.sees("all mail of " + customer.login()).hadNoComplaints();
    }
    try (var visitor = Visitor.arrives()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/queue").sees("by your provider");
      tick(visitor, "ben@away.example");
      visitor.press("Release").sees("held by your provider and stayed as they were");
      visitor.follow("ben@away.example").sees("Your provider holds this message.");
      visitor.hadNoComplaints();
    }
    assertThat(held(customer)).hasSize(1);
    try (var visitor = Visitor.arrives()) {
      visitor.signIn(administrator.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/queue");
      visitor
          .page()
          .locator(
              "li",
              new com.microsoft.playwright.Page.LocatorOptions()
                  .setHasText("all mail of " + customer.login()))
          .getByRole(com.microsoft.playwright.options.AriaRole.BUTTON)
          .click();
      visitor.sees("Lifted. 1 message will be sent now.").hadNoComplaints();
    }
    assertThat(held(customer)).isEmpty();
  }
}
