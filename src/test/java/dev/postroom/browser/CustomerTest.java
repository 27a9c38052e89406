package dev.postroom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Forwarders;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer at a real browser. */
@PostroomTest
class CustomerTest {
  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Forwarders forwarders;

  private Viewer.Person customer;

  @BeforeEach
  void begin() {
    customer = people.customer();
  }

  private Visitor signedIn() {
    return Visitor.arrives().signIn(customer.login(), Fixtures.PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theFirstDayGoesFromSigningInToAForwarder(boolean javaScript) {
    var gamma = fixtures.unique("gamma") + ".test";
    try (var visitor = javaScript ? Visitor.arrives() : Visitor.withoutJavaScript()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).seesHeading("Three steps");
      visitor.follow("Add a domain").fill("Domain", gamma).press("Add domain");
      confirm(visitor, gamma);
      addMailbox(visitor, "dee", gamma);
      addForwarder(visitor, "all", "dee@" + gamma + "\nsomebody@elsewhere.example");
      visitor.signOut();
      visitor.hadNoComplaints();
    }
    var all = forwarders.findByAddress(customer, MailAddress.parse("all@" + gamma));
    assertThat(all.targets())
        .extracting(MailAddress::toString)
        .containsExactly("dee@" + gamma, "somebody@elsewhere.example");
  }

  private void confirm(Visitor visitor, String domain) {
    visitor.seesHeading(domain).sees("Show that this domain is yours");
    visitor.press("Check now").sees("Not yet.");
    PostroomServer.dns().mx(domain, 10, "mail.postroom.test");
    visitor.press("Check now").sees("The MX record points here");
    assertThat(domains.list(customer, PageRequest.first(1)).items().getFirst().takesMail())
        .isTrue();
  }

  private void addMailbox(Visitor visitor, String localPart, String domain) {
    visitor.follow("Add a mailbox");
    visitor.fill("Address", localPart).fill("Name", "Dee Delta").fill("Quota", "1,5");
    visitor.press("Add mailbox").sees("This is the password:");
    assertThat(visitor.page().locator("#notice-secret").textContent())
        .matches("[a-z2-9]{4}(-[a-z2-9]{4}){3}");
    var mailbox = mailboxes.findByAddress(customer, MailAddress.parse(localPart + "@" + domain));
    assertThat(mailbox.quotaOctets()).isEqualTo(3L << 29);
    visitor.open("/mailboxes/" + mailbox.id()).sees("Dee Delta");
    assertThat(visitor.page().locator("#notice-secret").count()).as("shown once").isZero();
  }

  private static void addForwarder(Visitor visitor, String localPart, String targets) {
    visitor.follow("Forwarders").follow("Add your first forwarder");
    visitor.fill("Address", localPart).fill("Goes to", targets).press("Add forwarder");
    visitor.sees("was added").sees("somebody@elsewhere.example");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsWrongStandsBesideItsFieldAndNothingTypedIsLost(boolean javaScript) {
    var domain = fixtures.domain(customer);
    try (var visitor = javaScript ? Visitor.arrives() : Visitor.withoutJavaScript()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/mailboxes/new").fill("Address", "de..e").fill("Name", "Dee Delta");
      visitor.press("Add mailbox").sees("no two in a row");
      assertThat(visitor.value("Address")).isEqualTo("de..e");
      assertThat(visitor.value("Name")).isEqualTo("Dee Delta");
      var address = visitor.page().locator("#f-localPart");
      assertThat(address.getAttribute("aria-invalid")).isEqualTo("true");
      visitor.fill("Address", "dee").fill("Password", "password12").press("Add mailbox");
      visitor.sees("easy to guess");
      assertThat(visitor.value("Password")).as("passwords are not sent back").isEmpty();
      visitor.press("Add mailbox").sees("dee@" + domain.name());
    }
  }

  @Test
  void namesThatLookLikeMarkupAreOnlyText() {
    var markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    var domain = fixtures.domain(customer);
    var mailbox = mailboxes.create(customer, domain.id(), "xss", markup, 1L << 30);
    try (var visitor = signedIn()) {
      visitor.page().onDialog(dialog -> dialog.dismiss());
      visitor.sees("Overview");
      for (var path :
          List.of("/mailboxes", "/mailboxes/" + mailbox.id(), "/mailboxes?q=%3Cscript%3E1")) {
        visitor.open(path);
        assertThat(visitor.page().locator("main img, main script").count()).as(path).isZero();
      }
      visitor.open("/mailboxes").sees(markup);
      visitor.hadNoComplaints();
    }
  }

  @Test
  void typingIntoTheSearchFindsWithoutAButton() {
    var domain = fixtures.domain(customer);
    List.of("anna", "ben", "chloe").forEach(name -> fixtures.mailbox(domain, name));
    try (var visitor = signedIn()) {
      visitor.sees("Overview").open("/mailboxes").fill("Search mailboxes", "chl");
      var rows = visitor.page().locator("#results tbody tr");
      visitor.page().waitForCondition(() -> rows.count() == 1);
      assertThat(rows.textContent()).contains("chloe@");
      assertThat(visitor.page().url()).as("can be kept as a bookmark").contains("q=chl");
      visitor.hadNoComplaints();
    }
  }

  @Test
  void linksAreFollowedWithoutLoadingTheScriptsAgain() {
    try (var visitor = signedIn()) {
      visitor.seesHeading("Overview").page().evaluate("window.stillHere = true");
      visitor.follow("Queue").sees("Nothing is waiting");
      assertThat(visitor.page().evaluate("window.stillHere")).isEqualTo(true);
      assertThat(visitor.page().title()).isEqualTo("Queue · Postroom");
      visitor.page().goBack();
      visitor.seesHeading("Overview").hadNoComplaints();
    }
  }

  @Test
  void aSessionThatEndedLeadsToTheLoginAndBackAgain() {
    try (var visitor = signedIn()) {
      visitor.seesHeading("Overview").context().clearCookies();
      visitor.follow("Forwarders").seesHeading("Sign in");
      visitor.fill("Login", customer.login()).fill("Password", Fixtures.PASSWORD);
      visitor.press("Sign in").seesHeading("Forwarders").hadNoComplaints();
    }
  }

  @Test
  void aCopyButtonCopies() {
    var domain = fixtures.domain(customer);
    try (var visitor = signedIn()) {
      visitor.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
      visitor.sees("Overview").open("/domains/" + domain.id()).press("Copy the value");
      visitor.page().locator(".copied").waitFor();
      assertThat(visitor.page().evaluate("navigator.clipboard.readText()"))
          .isEqualTo("mail.postroom.test");
    }
  }

  @Test
  void darkStaysDarkOnEveryPageAndAfterSigningOut() {
    try (var visitor =
        Visitor.with(new Browser.NewContextOptions().setColorScheme(ColorScheme.LIGHT))) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).sees("Overview").press("Dark");
      assertThat(background(visitor)).isEqualTo("rgb(16, 22, 21)");
      visitor.follow("Domains").seesHeading("Domains");
      assertThat(background(visitor)).isEqualTo("rgb(16, 22, 21)");
      visitor.signOut();
      assertThat(background(visitor)).isEqualTo("rgb(16, 22, 21)");
      visitor.press("As the device");
      assertThat(background(visitor)).isEqualTo("rgb(245, 247, 246)");
    }
  }

  private static Object background(Visitor visitor) {
    return visitor.page().evaluate("getComputedStyle(document.documentElement).backgroundColor");
  }

  @Test
  void theKeyboardReachesTheContentFirst() {
    try (var visitor = signedIn()) {
      visitor.seesHeading("Overview").open("/domains");
      visitor.page().keyboard().press("Tab");
      assertThat(focused(visitor)).isEqualTo("Skip to content");
      assertThat(visitor.page().locator(".skip").boundingBox().y).as("it shows").isNotNegative();
      visitor.page().keyboard().press("Enter");
      visitor.page().keyboard().press("Tab");
      assertThat(focused(visitor)).isEqualTo("Add a domain");
    }
  }

  private static Object focused(Visitor visitor) {
    return visitor.page().evaluate("document.activeElement.textContent.trim()");
  }

  @Test
  void onAPhoneTheMenuOpensAndLeads() {
    try (var visitor = Visitor.with(new Browser.NewContextOptions().setViewportSize(360, 740))) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).seesHeading("Overview");
      Locator menu = visitor.page().locator("#sidebar");
      assertThat(menu.isVisible()).isFalse();
      visitor.press("Menu");
      menu.waitFor();
      menu.getByRole(
              AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("Mailboxes")))
          .click();
      visitor.seesHeading("Mailboxes");
      assertThat(menu.isVisible()).isFalse();
    }
  }
}
