package dev.postroom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.postroom.auth.ApiTokens;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.ConfirmationWanted;
import dev.postroom.directory.Confirmations;
import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Forwarders;
import dev.postroom.directory.GroupSenders;
import dev.postroom.directory.Groups;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Plans;
import dev.postroom.directory.Refusals;
import dev.postroom.directory.Role;
import dev.postroom.directory.ShareLevel;
import dev.postroom.directory.Shares;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.queue.Outbox;
import dev.postroom.queue.QueueOrders;
import dev.postroom.sending.Allowances;
import dev.postroom.sending.Scope;
import dev.postroom.sending.SetLimits;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.QueuedMail;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * Every page, light, dark and on a small phone, into {@code target/screenshots}: to be looked at.
 * What a program can see is checked: nothing sticks out, nothing is refused, each page has a title.
 */
@PostroomTest
class ScreenshotsTest {
  private static final Path FOLDER = Path.of("target/screenshots");
  private static final int PHONE = 360;

  @Inject People people;
  @Inject Accounts accounts;
  @Inject Plans plans;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Shares shares;
  @Inject Forwarders forwarders;
  @Inject Groups groups;
  @Inject Confirmations confirmations;
  @Inject Refusals refusals;
  @Inject Postbag postbag;
  @Inject ApiTokens tokens;
  @Inject Allowances allowances;
  @Inject QueuedMail mail;
  @Inject QueueOrders orders;
  @Inject Outbox outbox;
  @Inject AgroalDataSource database;

  @Test
  void everyPageFitsItsScreenAndItsContentPolicy() throws SQLException {
    var customer = people.customer(new PlanLimits(5, 20, 10, 30L << 30, 200, 1000, 100));
    accounts.update(Viewer.SERVER, customer.accountId(), "Meadow Bakery", plan(customer));
    var domain = furnish(customer);
    var reseller = people.reseller();
    var administrator = people.administrator();
    var fresh = people.customer();
    for (var look : Look.values()) {
      shoot(look, null, invitations());
      shoot(look, null, Map.of("login", "/login", "not-found", "/no/such/page"));
      shoot(look, fresh, Map.of("overview-new", "/", "domains-empty", "/domains"));
      shoot(look, customer, pagesOf(customer, domain));
      shoot(look, reseller, Map.of("reseller-overview", "/", "reseller-plans", "/plans"));
      shoot(look, administrator, pagesOf(administrator, customer));
    }
  }

  private Long plan(Viewer.Person customer) {
    return accounts.find(Viewer.SERVER, customer.accountId()).planId();
  }

  private DomainInfo furnish(Viewer.Person customer) throws SQLException {
    var domain = domain(customer, "meadow-bakery");
    domain(customer, "brot-und-blüten");
    domains.create(customer, DomainName.of("new-shop.test"), null);
    String[] names = {"Anna Winter", "Ben Okafor", "Chloé Martin", "Dae-Jung Kim", "", "Orders"};
    String[] locals = {"anna", "ben", "chloe", "dae.jung", "info", "orders"};
    double[] use = {0.42, 0.83, 0.05, 0.97, 0.21, 0};
    for (int i = 0; i < locals.length; i++) {
      var mailbox = mailboxes.create(customer, domain.id(), locals[i], names[i], 2L << 30);
      fill(mailbox.id(), (long) (use[i] * (2L << 30)));
      if (i == 2) {
        mailboxes.suspend(
            customer, mailbox.id(), new Suspension(true, true, false, "Left the company in May"));
      }
    }
    forwarders.create(
        customer,
        domain.id(),
        "team",
        List.of(
            MailAddress.parse("anna@" + domain.name()),
            MailAddress.parse("ben@" + domain.name()),
            MailAddress.parse("dae.jung@" + domain.name()),
            MailAddress.parse("bookkeeping@accountants.example")),
        false);
    forwarders.create(
        customer, domain.id(), "info", List.of(MailAddress.parse("anna@home.example")), true);
    addresses(customer, domain);
    share(customer, domain, "ben", ShareLevel.FILE);
    share(customer, domain, "chloe", ShareLevel.READ);
    tokens.create(customer, customer.accountId(), "Billing system");
    var anna = "anna@" + domain.name();
    mail.waits(customer, anna, "orders@mill.example", "mueller@mill.example", "info@shop.example");
    mail.waits(customer, anna, 0, "", "friend@slow.example");
    orders.hold(customer, null, "shop.example", "Wrong price list");
    sent("ACCOUNT", customer.accountId());
    long annas = mailboxes.findByAddress(customer, MailAddress.parse(anna)).id();
    sent("MAILBOX", annas);
    allowances.change(customer, Scope.mailbox(annas), new SetLimits(200L, null, null, 500L));
    return domains.find(customer, domain.id());
  }

  /** Groups, an alias, and destinations in every state. */
  private void addresses(Viewer.Person customer, DomainInfo domain) {
    var name = domain.name().ascii();
    groups.create(
        customer, domain.id(), "all", new Groups.Plan(true, List.of(), GroupSenders.DOMAIN));
    var bakers = List.of(MailAddress.parse("anna@" + name), MailAddress.parse("dae.jung@" + name));
    groups.create(
        customer, domain.id(), "bakers", new Groups.Plan(false, bakers, GroupSenders.ANYONE));
    domains.alias(customer, domain(customer, "meadow-cakes").id(), domain.name());
    domains.catchAll(customer, domain.id(), MailAddress.parse("rest@elsewhere.example"));
    var team = forwarders.findByAddress(customer, new MailAddress("team", domain.name()));
    var targets = new ArrayList<>(team.targets());
    List.of("agreed", "no", "gone")
        .forEach(who -> targets.add(MailAddress.parse(who + "@partners.example")));
    forwarders.update(customer, team.id(), targets, false);
    postbag.link("agreed@partners.example").ifPresent(token -> answer(token, true));
    postbag.link("no@partners.example").ifPresent(token -> answer(token, false));
    postbag.link("gone@partners.example").ifPresent(token -> answer(token, true));
    for (int i = 0; i < 25; i++) {
      var gone = MailAddress.parse("gone@partners.example");
      QuarkusTransaction.requiringNew()
          .run(() -> refusals.count(customer.accountId(), gone, "550 5.1.1 no such user"));
    }
  }

  private void answer(String token, boolean agreed) {
    confirmations.answer(token, agreed);
  }

  private Map<String, String> invitations() {
    return Map.of(
        "confirm", link("bookkeeping@accountants.example"),
        "confirm-agreed", link("agreed@partners.example"),
        "confirm-declined", link("no@partners.example"),
        "confirm-paused", link("gone@partners.example"),
        "confirm-wrong", "/confirm/x");
  }

  private String link(String address) {
    return "/confirm/" + postbag.link(address).orElseThrow();
  }

  /** The links in mails that ask. */
  @ApplicationScoped
  static class Postbag {
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    void hear(@Observes ConfirmationWanted wanted) {
      tokens.put(wanted.destination().toString(), wanted.token());
    }

    Optional<String> link(String address) {
      return Optional.ofNullable(tokens.get(address));
    }
  }

  /** Anna's mailbox. */
  private void share(Viewer.Person customer, DomainInfo domain, String guest, ShareLevel level) {
    var anna = mailboxes.findByAddress(customer, MailAddress.parse("anna@" + domain.name()));
    var address = MailAddress.parse(guest + "@" + domain.name());
    shares.put(customer, anna.id(), address, level, level == ShareLevel.FILE);
  }

  private DomainInfo domain(Viewer.Person customer, String name) {
    return domains.create(Viewer.SERVER, DomainName.of(name + ".test"), customer.accountId());
  }

  private void fill(long mailboxId, long octets) throws SQLException {
    run(
        "insert into mailbox_usage (mailbox_id, octets, messages, last_uid_validity)"
            + " values (%1$d, %2$d, %3$d, 1) on duplicate key update octets = %2$d, messages = %3$d"
                .formatted(mailboxId, octets, octets / 60_000));
  }

  private void sent(String scope, long id) throws SQLException {
    long hour = System.currentTimeMillis() / 3_600_000;
    run("insert into sent values ('%s', %d, %d, 166, 420)".formatted(scope, id, hour));
  }

  private void run(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private Map<String, String> pagesOf(Viewer.Person customer, DomainInfo domain) {
    var viewed = new LinkedHashMap<String, String>();
    viewed.put("overview", "/");
    viewed.put("domains", "/domains");
    viewed.put("domain", "/domains/" + domain.id());
    viewed.put("domain-add", "/domains/new");
    var unproven = domains.unproven(customer, dev.postroom.directory.PageRequest.first(1));
    viewed.put("domain-unconfirmed", "/domains/" + unproven.items().getFirst().id());
    viewed.put("domain-dns", "/domains/" + domain.id() + "/dns");
    viewed.put("domain-security", "/domains/" + domain.id() + "/security");
    viewed.put("domain-remove", "/domains/" + domain.id() + "/remove");
    viewed.put("domain-suspend", "/domains/" + domain.id() + "/suspend");
    viewed.put("mailboxes", "/mailboxes");
    viewed.put("mailbox-add", "/mailboxes/new");
    var first = dev.postroom.directory.PageRequest.first(3);
    var boxes = mailboxes.list(customer, domain.id(), first).items();
    viewed.put("mailbox", "/mailboxes/" + boxes.getFirst().id());
    viewed.put("domain-egress", "/egress/domain/" + domain.id());
    viewed.put("mailbox-sending", "/sending/mailbox/" + boxes.getFirst().id());
    viewed.put("mailbox-suspended", "/mailboxes/" + boxes.get(2).id());
    viewed.put("mailbox-connect", "/connect/" + boxes.getFirst().id());
    var shared = "/mailboxes/" + boxes.getFirst().id() + "/shares";
    viewed.put("mailbox-shares", shared);
    viewed.put("mailbox-share", shared + "/" + boxes.get(1).id());
    viewed.put("forwarders", "/forwarders");
    viewed.put("forwarder-add", "/forwarders/new");
    var forwarder = forwarders.list(customer, domain.id(), first).items().getFirst();
    viewed.put("forwarder-kept", "/forwarders/" + forwarder.id());
    var team = new MailAddress("team", domain.name());
    viewed.put("forwarder", "/forwarders/" + forwarders.findByAddress(customer, team).id());
    viewed.put("groups", "/groups");
    viewed.put("group-add", "/groups/new");
    var group = groups.list(customer, domain.id(), first).items().getFirst();
    viewed.put("group", "/groups/" + group.id());
    var alias = DomainName.of("meadow-cakes.test");
    viewed.put("domain-alias", "/domains/" + domains.findByName(customer, alias).id());
    viewed.put("activity", "/activity");
    viewed.put("queue", "/queue");
    viewed.put("queue-none-found", "/queue?sender=nobody@example.test");
    var waiting = outbox.list(customer, first).items();
    viewed.put("queue-message", "/queue/" + waiting.getFirst().id());
    viewed.put("queue-message-held", "/queue/" + waiting.get(2).id());
    viewed.put("queue-drop", "/queue/drop?ids=" + waiting.getFirst().id());
    viewed.put("queue-hold", "/queue/orders/hold");
    viewed.put("bulk", "/bulk");
    viewed.put("suppressions", "/suppressions");
    viewed.put("connect", "/connect");
    viewed.put("my-account", "/account");
    return viewed;
  }

  private Map<String, String> pagesOf(Viewer.Person administrator, Viewer.Person customer) {
    var viewed = new LinkedHashMap<String, String>();
    viewed.put("admin-overview", "/");
    viewed.put("admin-domains", "/domains");
    viewed.put("admin-activity", "/activity?q=mailbox");
    viewed.put("admin-queue", "/queue?customer=" + customer.login());
    viewed.put("admin-reroute", "/queue/orders/reroute");
    viewed.put("accounts", "/accounts");
    viewed.put("account-add", "/accounts/new");
    viewed.put("account", "/accounts/" + customer.accountId());
    viewed.put("account-egress", "/egress/account/" + customer.accountId());
    viewed.put("clients", "/clients");
    viewed.put("plans", "/plans");
    viewed.put("plan-add", "/plans/new");
    assertThat(administrator.role()).isEqualTo(Role.ADMINISTRATOR);
    return viewed;
  }

  private void shoot(Look look, Viewer.Person person, Map<String, String> viewed) {
    try (var visitor = Visitor.with(look.options())) {
      if (person != null) {
        visitor.signIn(person.login(), Fixtures.PASSWORD);
      }
      viewed.forEach((name, path) -> shoot(look, visitor, name, path));
      visitor.hadNoComplaints();
    }
  }

  private static void shoot(Look look, Visitor visitor, String name, String path) {
    var page = visitor.open(path).page();
    page.mouse().move(0, 0); // lights up nothing
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(
                FOLDER
                    .resolve(look.name().toLowerCase(java.util.Locale.ROOT))
                    .resolve(name + ".png"))
            .setFullPage(true));
    var wide = page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assertThat((int) wide).as("%s sticks out of its %s screen", path, look).isNotPositive();
    assertThat(page.content())
        .as("what a template did not find, %s", path)
        .doesNotContain("NOT_FOUND");
    if (look != Look.PHONE) {
      assertThat(Accessibility.violations(page)).as("WCAG 2.1 AA of %s, %s", path, look).isEmpty();
    }
    assertThat(page.locator("h1").count()).as("headings of %s", path).isEqualTo(1);
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
          ? options.setViewportSize(ScreenshotsTest.PHONE, 740).setDeviceScaleFactor(2)
          : options.setViewportSize(1280, 800);
    }
  }
}
