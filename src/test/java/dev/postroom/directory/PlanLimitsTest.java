package dev.postroom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Together;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@PostroomTest
class PlanLimitsTest {
  private static final long GIB = 1L << 30;

  @Inject Fixtures fixtures;
  @Inject Accounts accounts;
  @Inject Plans plans;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Forwarders forwarders;

  private static PlanLimits limits(long domains, long mailboxes, long forwarders, long storage) {
    return new PlanLimits(domains, mailboxes, forwarders, storage, -1, -1, -1);
  }

  private DomainInfo create(Viewer viewer, @Nullable Long accountId) {
    return domains.create(viewer, DomainName.of(fixtures.unique("limit") + ".test"), accountId);
  }

  private long planOf(Viewer.Person customer) {
    return Objects.requireNonNull(accounts.find(Viewer.SERVER, customer.accountId()).planId());
  }

  private ForwarderInfo forward(Viewer viewer, DomainInfo domain, String localPart) {
    return forwarders.create(
        viewer, domain.id(), localPart, List.of(MailAddress.parse("x@example.net")), false);
  }

  private static void assertLimit(Runnable attempt, String message) {
    assertThatThrownBy(attempt::run)
        .isInstanceOfSatisfying(
            DirectoryProblem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(DirectoryProblem.Kind.LIMIT);
              assertThat(problem).hasMessage(message);
            });
  }

  @Test
  void domainsEndWithThePlan() {
    var customer = fixtures.customer(limits(2, -1, -1, -1));
    create(customer, null);
    var second = create(customer, null);
    assertLimit(() -> create(customer, null), "Your plan allows 2 domains.");
    assertLimit(
        () -> create(Viewer.SERVER, customer.accountId()),
        "The plan of " + customer.login() + " allows 2 domains.");
    domains.remove(customer, second.id());
    create(customer, null);
  }

  @Test
  void mailboxesEndWithThePlanOverAllDomains() {
    var customer = fixtures.customer(limits(-1, 2, -1, -1));
    mailboxes.create(customer, create(customer, null).id(), "ann", "", null);
    var domain = create(customer, null);
    var ben = mailboxes.create(customer, domain.id(), "ben", "", null);
    assertLimit(
        () -> mailboxes.create(customer, domain.id(), "cho", "", null),
        "Your plan allows 2 mailboxes.");
    mailboxes.remove(customer, ben.id());
    mailboxes.create(customer, domain.id(), "cho", "", null);
  }

  @Test
  void forwardersEndWithThePlan() {
    var customer = fixtures.customer(limits(-1, -1, 1, -1));
    var domain = create(customer, null);
    forward(customer, domain, "sales");
    assertLimit(() -> forward(customer, domain, "info"), "Your plan allows 1 forwarder or group.");
  }

  @Test
  void aLimitOfNothingAllowsNothing() {
    var customer = fixtures.customer(limits(1, 0, 0, -1));
    var domain = create(customer, null);
    assertLimit(
        () -> mailboxes.create(customer, domain.id(), "ann", "", null),
        "Your plan allows 0 mailboxes.");
    assertLimit(
        () -> forward(customer, domain, "info"), "Your plan allows 0 forwarders and groups.");
  }

  @Test
  void storageIsTheSumOfTheQuotas() {
    var customer = fixtures.customer(limits(-1, -1, -1, 3 * GIB));
    var domain = create(customer, null);
    var ann = mailboxes.create(customer, domain.id(), "ann", "", 2 * GIB);
    assertLimit(
        () -> mailboxes.create(customer, domain.id(), "ben", "", GIB + 1),
        "Your plan allows 3 GiB of storage, of which 1 GiB are left.");
    mailboxes.create(customer, domain.id(), "ben", "", GIB);
    assertLimit(
        () -> mailboxes.update(customer, ann.id(), "", 2 * GIB + 1),
        "Your plan allows 3 GiB of storage, of which 0 B are left.");
    mailboxes.update(customer, ann.id(), "", GIB);
    mailboxes.update(customer, ann.id(), "", 2 * GIB);
    assertThat(accounts.use(customer, customer.accountId()))
        .isEqualTo(new AccountUse(limits(-1, -1, -1, 3 * GIB), 1, 2, 0, 3 * GIB));
  }

  @Test
  void aLoweredPlanTakesNothingAwayAndAllowsShrinking() {
    var customer = fixtures.customer(limits(-1, 5, -1, 4 * GIB));
    var domain = create(customer, null);
    var ann = mailboxes.create(customer, domain.id(), "ann", "", 3 * GIB);
    mailboxes.create(customer, domain.id(), "ben", "", GIB);
    long plan = planOf(customer);
    plans.update(Viewer.SERVER, plan, fixtures.unique("small"), limits(-1, 1, -1, GIB));
    assertLimit(
        () -> mailboxes.create(customer, domain.id(), "cho", "", 1L),
        "Your plan allows 1 mailbox.");
    mailboxes.update(customer, ann.id(), "still here", 2 * GIB);
    assertThat(mailboxes.find(customer, ann.id()).quotaOctets()).isEqualTo(2 * GIB);
  }

  @Test
  void aResellersPlanIsSharedWithItsCustomers() {
    var plan = plans.create(Viewer.SERVER, fixtures.unique("reseller"), limits(2, -1, -1, -1));
    var reseller = fixtures.reseller();
    accounts.update(Viewer.SERVER, reseller.accountId(), "", plan.id());
    var first = fixtures.customerOf(reseller);
    var second = fixtures.customerOf(reseller);
    create(first, null);
    create(reseller, null);
    assertLimit(
        () -> create(second, null),
        "Your provider's own limit is reached; please ask there for more.");
    assertLimit(() -> create(reseller, second.accountId()), "Your plan allows 2 domains.");
    assertThat(accounts.use(reseller, reseller.accountId()).domains()).isEqualTo(2);
  }

  @Test
  void callsSideBySideDoNotPassTheLimit() {
    var customer = fixtures.customer(limits(3, 5, 5, 10 * GIB));
    var outcomes = Together.run(12, _ -> create(customer, null));
    assertThat(outcomes).filteredOn(DomainInfo.class::isInstance).hasSize(3);
    assertThat(outcomes).filteredOn(PlanLimitsTest::isLimit).hasSize(9);

    var domain = domains.list(customer, PageRequest.first(1)).items().getFirst();
    outcomes = Together.run(20, i -> mailboxes.create(customer, domain.id(), "box" + i, "", GIB));
    assertThat(outcomes).filteredOn(MailboxInfo.class::isInstance).hasSize(5);
    assertThat(outcomes).filteredOn(PlanLimitsTest::isLimit).hasSize(15);

    outcomes =
        Together.run(
            20,
            i -> {
              var box = mailboxes.findByAddress(customer, at(outcomesBox(customer, i), domain));
              return mailboxes.update(customer, box.id(), "", 3 * GIB);
            });
    assertThat(accounts.use(customer, customer.accountId()).quotaOctets())
        .isLessThanOrEqualTo(10 * GIB);
    assertThat(outcomes)
        .allSatisfy(
            outcome -> assertThat(outcome instanceof MailboxInfo || isLimit(outcome)).isTrue());
  }

  private String outcomesBox(Viewer viewer, int number) {
    var boxes = mailboxes.list(viewer, null, PageRequest.first(10)).items();
    return boxes.get(number % boxes.size()).address().localPart();
  }

  private static MailAddress at(String localPart, DomainInfo domain) {
    return new MailAddress(localPart, domain.name());
  }

  private static boolean isLimit(Object outcome) {
    return outcome instanceof DirectoryProblem problem
        && problem.kind() == DirectoryProblem.Kind.LIMIT;
  }

  @Test
  void aPlanWithAccountsIsNotRemoved() {
    var customer = fixtures.customer(limits(1, 1, 1, 1));
    long plan = planOf(customer);
    assertThatThrownBy(() -> plans.remove(Viewer.SERVER, plan))
        .hasMessage("Accounts are still on this plan.");
    assertThat(plans.find(customer, plan).accounts()).isEqualTo(1);
    accounts.update(Viewer.SERVER, customer.accountId(), "", null);
    plans.remove(Viewer.SERVER, plan);
  }

  @Test
  void aResellersPlanIsForItsCustomersOnly() {
    var reseller = fixtures.reseller();
    var plan = plans.create(reseller, fixtures.unique("plan"), limits(1, 1, 1, 1));
    var stranger = fixtures.customer();
    assertThatThrownBy(() -> accounts.update(Viewer.SERVER, stranger.accountId(), "", plan.id()))
        .hasMessage("This plan is for the customers of its reseller only.");
    var own = fixtures.customerOf(reseller);
    assertThat(accounts.update(reseller, own.accountId(), "", plan.id()).planName())
        .isEqualTo(plan.name());
  }
}
