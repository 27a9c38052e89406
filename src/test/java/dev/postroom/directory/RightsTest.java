package dev.postroom.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.auth.ApiTokens;
import dev.postroom.auth.Passwords;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each kind of viewer does everything to the things of one customer. */
@PostroomTest
class RightsTest {
  /**
   * {@code ok} done, {@code -} not found, {@code !} forbidden, {@code x} invalid. The customer is
   * the reseller's; "user" is the mailbox's own.
   */
  private static final String EXPECTED =
      """
      operation                 admin reseller other-reseller customer other-customer user other-user
      accounts.create customer  ok    ok       ok             !        !              !    !
      accounts.create reseller  ok    !        !              !        !              !    !
      accounts.find             ok    ok       -              ok       -              -    -
      accounts.rename           ok    ok       -              ok       -              -    -
      accounts.plan             ok    ok       -              !        -              -    -
      accounts.suspend          ok    ok       -              !        -              -    -
      accounts.use              ok    ok       -              ok       -              -    -
      accounts.remove           ok    ok       -              !        -              -    -
      domains.create            ok    ok       x              ok       x              x    x
      domains.find              ok    ok       -              ok       -              -    -
      domains.findByName        ok    ok       -              ok       -              -    -
      domains.vouch             ok    ok       -              !        -              -    -
      domains.proven            ok    ok       -              ok       -              -    -
      domains.catchAll          ok    ok       -              ok       -              -    -
      domains.suspend           ok    ok       -              ok       -              -    -
      domains.remove            ok    ok       -              ok       -              -    -
      forwarders.create         ok    ok       -              ok       -              -    -
      forwarders.find           ok    ok       -              ok       -              -    -
      forwarders.findByAddress  ok    ok       -              ok       -              -    -
      forwarders.update         ok    ok       -              ok       -              -    -
      forwarders.remove         ok    ok       -              ok       -              -    -
      mailboxes.create          ok    ok       -              ok       -              -    -
      mailboxes.find            ok    ok       -              ok       -              ok   -
      mailboxes.findByAddress   ok    ok       -              ok       -              ok   -
      mailboxes.rename          ok    ok       -              ok       -              ok   -
      mailboxes.resize          ok    ok       -              ok       -              !    -
      mailboxes.suspend         ok    ok       -              ok       -              !    -
      mailboxes.remove          ok    ok       -              ok       -              !    -
      passwords.account         ok    ok       -              ok       -              -    -
      passwords.mailbox         ok    ok       -              ok       -              ok   -
      plans.create              ok    ok       ok             !        !              !    !
      plans.find everybody's    ok    ok       ok             -        -              -    -
      plans.find reseller's     ok    ok       -              -        -              -    -
      plans.remove everybody's  ok    !        !              -        -              -    -
      plans.remove reseller's   ok    ok       -              -        -              -    -
      plans.update everybody's  ok    !        !              -        -              -    -
      plans.update reseller's   ok    ok       -              -        -              -    -
      tokens.create             ok    ok       -              ok       -              -    -
      tokens.list               ok    ok       -              ok       -              -    -
      tokens.revoke             ok    ok       -              ok       -              -    -
      """;

  @Inject Fixtures fixtures;
  @Inject Accounts accounts;
  @Inject Plans plans;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Forwarders forwarders;
  @Inject Passwords passwords;
  @Inject ApiTokens tokens;

  /** The things of one customer, fresh for each try, and everybody who tries. */
  private final class World {
    final Viewer.Person reseller = fixtures.reseller();
    final Viewer.Person customer = fixtures.customerOf(reseller);
    final DomainInfo domain = fixtures.domain(customer);
    final MailboxInfo mailbox = mailboxes.create(Viewer.SERVER, domain.id(), "ann", "", null);
    final MailboxInfo neighbour = mailboxes.create(Viewer.SERVER, domain.id(), "ben", "", null);

    List<Viewer> viewers() {
      return List.of(
          fixtures.administrator(),
          reseller,
          fixtures.reseller(),
          customer,
          fixtures.customerOf(reseller),
          new Viewer.MailboxUser(mailbox.id(), mailbox.address()),
          new Viewer.MailboxUser(neighbour.id(), neighbour.address()));
    }

    ForwarderInfo forwarder() {
      return fixtures.forwarder(domain, fixtures.unique("sales"), "x@example.net");
    }

    PlanInfo resellersPlan() {
      return plans.create(reseller, fixtures.unique("plan"), PlanLimits.NONE);
    }
  }

  private interface Operation {
    void run(World world, Viewer viewer);
  }

  private Map<String, Operation> operations() {
    var all = new TreeMap<String, Operation>();
    accounts(all);
    plans(all);
    domains(all);
    mailboxes(all);
    forwarders(all);
    return all;
  }

  private void accounts(Map<String, Operation> all) {
    all.put(
        "accounts.create customer",
        (_, viewer) ->
            accounts.create(viewer, Role.CUSTOMER, fixtures.unique("new"), "", null, null));
    all.put(
        "accounts.create reseller",
        (_, viewer) ->
            accounts.create(viewer, Role.RESELLER, fixtures.unique("new"), "", null, null));
    all.put("accounts.find", (w, viewer) -> accounts.find(viewer, w.customer.accountId()));
    all.put(
        "accounts.rename",
        (w, viewer) -> accounts.update(viewer, w.customer.accountId(), "x", null));
    all.put(
        "accounts.plan",
        (w, viewer) -> {
          long plan = w.resellersPlan().id();
          accounts.update(viewer, w.customer.accountId(), "x", plan);
        });
    all.put(
        "accounts.suspend",
        (w, viewer) -> accounts.suspend(viewer, w.customer.accountId(), Suspension.all("x")));
    all.put("accounts.use", (w, viewer) -> accounts.use(viewer, w.customer.accountId()));
    all.put("accounts.remove", (w, viewer) -> accounts.remove(viewer, w.customer.accountId()));
    all.put(
        "passwords.account",
        (w, viewer) -> passwords.setForAccount(viewer, w.customer.accountId(), Fixtures.PASSWORD));
    all.put("tokens.create", (w, viewer) -> tokens.create(viewer, w.customer.accountId(), "x"));
    all.put("tokens.list", (w, viewer) -> tokens.list(viewer, w.customer.accountId()));
    all.put(
        "tokens.revoke",
        (w, viewer) -> {
          var token = tokens.create(Viewer.SERVER, w.customer.accountId(), "x");
          tokens.revoke(viewer, token.token().id());
        });
  }

  private void plans(Map<String, Operation> all) {
    all.put(
        "plans.create",
        (_, viewer) -> plans.create(viewer, fixtures.unique("plan"), PlanLimits.NONE));
    all.put("plans.find everybody's", (_, viewer) -> plans.find(viewer, everybodys().id()));
    all.put("plans.find reseller's", (w, viewer) -> plans.find(viewer, w.resellersPlan().id()));
    all.put(
        "plans.update everybody's",
        (_, viewer) ->
            plans.update(viewer, everybodys().id(), fixtures.unique("plan"), PlanLimits.NONE));
    all.put(
        "plans.update reseller's",
        (w, viewer) ->
            plans.update(viewer, w.resellersPlan().id(), fixtures.unique("plan"), PlanLimits.NONE));
    all.put("plans.remove everybody's", (_, viewer) -> plans.remove(viewer, everybodys().id()));
    all.put("plans.remove reseller's", (w, viewer) -> plans.remove(viewer, w.resellersPlan().id()));
  }

  private PlanInfo everybodys() {
    return plans.create(Viewer.SERVER, fixtures.unique("plan"), PlanLimits.NONE);
  }

  private void domains(Map<String, Operation> all) {
    all.put(
        "domains.create",
        (w, viewer) ->
            domains.create(
                viewer, DomainName.of(fixtures.unique("new") + ".test"), w.customer.accountId()));
    all.put("domains.find", (w, viewer) -> domains.find(viewer, w.domain.id()));
    all.put("domains.findByName", (w, viewer) -> domains.findByName(viewer, w.domain.name()));
    all.put("domains.vouch", (w, viewer) -> domains.vouch(viewer, w.domain.id()));
    all.put("domains.proven", (w, viewer) -> domains.proven(viewer, w.domain.id()));
    all.put(
        "domains.catchAll",
        (w, viewer) -> domains.catchAll(viewer, w.domain.id(), w.mailbox.address()));
    all.put(
        "domains.suspend",
        (w, viewer) -> domains.suspend(viewer, w.domain.id(), Suspension.all("x")));
    all.put("domains.remove", (w, viewer) -> domains.remove(viewer, w.domain.id()));
  }

  private void mailboxes(Map<String, Operation> all) {
    all.put(
        "mailboxes.create",
        (w, viewer) -> mailboxes.create(viewer, w.domain.id(), fixtures.unique("new"), "", null));
    all.put("mailboxes.find", (w, viewer) -> mailboxes.find(viewer, w.mailbox.id()));
    all.put(
        "mailboxes.findByAddress",
        (w, viewer) -> mailboxes.findByAddress(viewer, w.mailbox.address()));
    all.put(
        "mailboxes.rename",
        (w, viewer) -> mailboxes.update(viewer, w.mailbox.id(), "Ann", w.mailbox.quotaOctets()));
    all.put("mailboxes.resize", (w, viewer) -> mailboxes.update(viewer, w.mailbox.id(), "", 5));
    all.put(
        "mailboxes.suspend",
        (w, viewer) -> mailboxes.suspend(viewer, w.mailbox.id(), Suspension.all("x")));
    all.put("mailboxes.remove", (w, viewer) -> mailboxes.remove(viewer, w.mailbox.id()));
    all.put(
        "passwords.mailbox",
        (w, viewer) -> passwords.setForMailbox(viewer, w.mailbox.id(), Fixtures.PASSWORD));
  }

  private void forwarders(Map<String, Operation> all) {
    var targets = List.of(MailAddress.parse("y@example.net"));
    all.put(
        "forwarders.create",
        (w, viewer) ->
            forwarders.create(viewer, w.domain.id(), fixtures.unique("new"), targets, false));
    all.put("forwarders.find", (w, viewer) -> forwarders.find(viewer, w.forwarder().id()));
    all.put(
        "forwarders.findByAddress",
        (w, viewer) -> forwarders.findByAddress(viewer, w.forwarder().address()));
    all.put(
        "forwarders.update",
        (w, viewer) -> forwarders.update(viewer, w.forwarder().id(), targets, false));
    all.put("forwarders.remove", (w, viewer) -> forwarders.remove(viewer, w.forwarder().id()));
  }

  @Test
  void everyKindOfViewerMayDoWhatTheTableSays() {
    var operations = operations();
    var expected = new ArrayList<String>();
    var actual = new ArrayList<String>();
    for (var line : EXPECTED.lines().skip(1).toList()) {
      var columns = Arrays.asList(line.split(" {2,}"));
      expected.add(String.join(" | ", columns));
      var operation =
          Objects.requireNonNull(operations.remove(columns.getFirst()), columns.getFirst());
      actual.add(columns.getFirst() + " | " + outcomes(operation));
    }
    assertThat(actual).containsExactlyElementsOf(expected);
    assertThat(operations.keySet()).as("operations without a row").isEmpty();
  }

  private String outcomes(Operation operation) {
    int viewers = new World().viewers().size();
    var outcomes = new ArrayList<String>();
    for (int i = 0; i < viewers; i++) {
      var world = new World();
      outcomes.add(outcome(operation, world, world.viewers().get(i)));
    }
    return outcomes.stream().collect(Collectors.joining(" | "));
  }

  private static String outcome(Operation operation, World world, Viewer viewer) {
    try {
      operation.run(world, viewer);
      return "ok";
    } catch (DirectoryProblem problem) {
      return switch (problem.kind()) {
        case NOT_FOUND -> "-";
        case FORBIDDEN -> "!";
        case INVALID -> "x";
        case CONFLICT, LIMIT -> problem.toString();
      };
    }
  }

  @Test
  void listsHoldWhatTheViewerSeesAndNothingElse() {
    var world = new World();
    var forwarder = world.forwarder();
    var strangers = new World();
    strangers.forwarder();
    var page = PageRequest.first(PageRequest.MAX_PAGE_SIZE);

    assertThat(domains.list(world.customer, page).items())
        .extracting(DomainInfo::id)
        .containsExactly(world.domain.id());
    assertThat(domains.list(world.reseller, page).items())
        .extracting(DomainInfo::id)
        .containsExactly(world.domain.id());
    assertThat(mailboxes.list(world.reseller, null, page).items())
        .extracting(MailboxInfo::id)
        .containsExactly(world.mailbox.id(), world.neighbour.id());
    assertThat(mailboxes.list(world.reseller, strangers.domain.id(), page).items()).isEmpty();
    assertThat(forwarders.list(world.customer, null, page).items()).containsExactly(forwarder);
    assertThat(accounts.list(world.customer, page).items())
        .extracting(AccountInfo::id)
        .containsExactly(world.customer.accountId());
    assertThat(accounts.list(world.reseller, page).items())
        .extracting(AccountInfo::id)
        .containsExactlyInAnyOrder(world.reseller.accountId(), world.customer.accountId());
    assertThat(mailboxes.list(world.viewers().get(5), null, page).items())
        .extracting(MailboxInfo::id)
        .containsExactly(world.mailbox.id());
    assertThat(domains.list(world.viewers().get(5), page).total()).isZero();
  }

  @Test
  void aDomainWithASuspendedMailboxIsNotRemovedFromBelow() {
    var world = new World();
    mailboxes.suspend(world.reseller, world.mailbox.id(), Suspension.all("spam"));
    assertThat(
            outcome(
                (_, viewer) -> domains.remove(viewer, world.domain.id()), world, world.customer))
        .isEqualTo("!");
    domains.remove(world.reseller, world.domain.id());
  }

  @Test
  void nobodyBelowLiftsASuspensionOrSidestepsIt() {
    var world = new World();
    mailboxes.suspend(world.reseller, world.mailbox.id(), Suspension.all("spam"));
    domains.suspend(world.reseller, world.domain.id(), Suspension.all("spam"));
    accounts.suspend(Viewer.SERVER, world.customer.accountId(), Suspension.all("spam"));

    var forbidden =
        Map.<String, Runnable>of(
            "lift of a mailbox",
            () -> mailboxes.suspend(world.customer, world.mailbox.id(), Suspension.NONE),
            "removal of a mailbox",
            () -> mailboxes.remove(world.customer, world.mailbox.id()),
            "lift of a domain",
            () -> domains.suspend(world.customer, world.domain.id(), Suspension.NONE),
            "removal of a domain",
            () -> domains.remove(world.customer, world.domain.id()),
            "a reseller's lift of what the house suspended",
            () -> accounts.suspend(world.reseller, world.customer.accountId(), Suspension.NONE),
            "a reseller's removal of what the house suspended",
            () -> accounts.remove(world.reseller, world.customer.accountId()));
    forbidden.forEach(
        (what, attempt) ->
            assertThat(outcome((_, _) -> attempt.run(), world, world.customer))
                .as(what)
                .isEqualTo("!"));

    mailboxes.suspend(world.reseller, world.mailbox.id(), Suspension.NONE);
    mailboxes.suspend(world.customer, world.mailbox.id(), Suspension.all("holiday"));
    mailboxes.suspend(world.customer, world.mailbox.id(), Suspension.NONE);
  }

  @Test
  void nobodyRemovesOrSuspendsItself() {
    var administrator = fixtures.administrator();
    var reseller = fixtures.reseller();
    for (var viewer : List.of(administrator, reseller)) {
      assertThat(outcome((_, v) -> accounts.remove(v, viewer.accountId()), new World(), viewer))
          .isEqualTo("!");
      assertThat(
              outcome(
                  (_, v) -> accounts.suspend(v, viewer.accountId(), Suspension.all("x")),
                  new World(),
                  viewer))
          .isEqualTo("!");
    }
  }
}
