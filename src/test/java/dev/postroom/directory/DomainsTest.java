package dev.postroom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.DirectoryProblem.Kind;
import dev.postroom.directory.DomainInfo.Control;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Together;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@PostroomTest
class DomainsTest {
  @Inject Fixtures fixtures;
  @Inject Accounts accounts;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;

  private DomainName name(String word) {
    return DomainName.of(fixtures.unique(word) + ".test");
  }

  private static void assertProblem(Kind kind, String field, Runnable attempt) {
    assertThatThrownBy(attempt::run)
        .isInstanceOfSatisfying(
            DirectoryProblem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(kind);
              assertThat(problem.field()).isEqualTo(field);
            });
  }

  @Test
  void controlDependsOnWhoCreates() {
    var reseller = fixtures.reseller();
    var customer = fixtures.customerOf(reseller);
    assertThat(domains.create(customer, name("own"), null).control()).isEqualTo(Control.UNPROVEN);
    assertThat(domains.create(reseller, name("own"), customer.accountId()).control())
        .isEqualTo(Control.VOUCHED);
    assertThat(
            domains.create(fixtures.administrator(), name("own"), customer.accountId()).control())
        .isEqualTo(Control.VOUCHED);
  }

  @Test
  void vouchingAndProvingMakeItTakeMail() {
    var reseller = fixtures.reseller();
    var customer = fixtures.customerOf(reseller);
    var domain = domains.create(customer, name("own"), null);
    assertThat(domain.takesMail()).isFalse();
    assertThat(domain.controlToken()).matches("[0-9a-f]{32}");
    assertThat(domains.vouch(reseller, domain.id()).control()).isEqualTo(Control.VOUCHED);
    assertThat(domains.proven(customer, domain.id()).control()).isEqualTo(Control.PROVEN);
    assertThat(domains.vouch(reseller, domain.id()).control()).isEqualTo(Control.PROVEN);
    assertThat(domains.find(customer, domain.id()).controlToken()).isEqualTo(domain.controlToken());
  }

  @Test
  void internationalNamesAreOneNameInEveryForm() {
    var customer = fixtures.customer();
    var unicode = fixtures.unique("BÜCHER") + ".Test";
    var domain = domains.create(customer, DomainName.of(unicode), null);
    assertThat(domain.name().ascii()).startsWith("xn--");
    assertThat(domains.findByName(customer, DomainName.of(domain.name().ascii())))
        .isEqualTo(domain);
    assertProblem(
        Kind.CONFLICT,
        "name",
        () -> domains.create(customer, DomainName.of(domain.name().ascii() + "."), null));
    assertThat(domains.list(customer, new PageRequest("ücHER", 1, 10)).items())
        .containsExactly(domain);
    assertThat(domains.list(customer, new PageRequest("xn--", 1, 10)).items())
        .containsExactly(domain);
  }

  @Test
  void aNameIsTakenWithoutSayingByWhom() {
    var owner = fixtures.customer();
    var domain = domains.create(owner, name("taken"), null);
    assertThatThrownBy(() -> domains.create(fixtures.customer(), domain.name(), null))
        .isInstanceOfSatisfying(
            DirectoryProblem.class, it -> assertThat(it.kind()).isEqualTo(Kind.CONFLICT))
        .hasMessage("The domain '" + domain.name() + "' exists on this server.");
  }

  @Test
  void ofTwentyWhoWantANameAtOnceOneGetsItAndTheOthersHearThatItIsTaken() {
    for (int round = 0; round < 5; round++) {
      var name = name("race");
      var customers = Stream.generate(fixtures::customer).limit(20).toList();
      var outcomes = Together.run(20, i -> domains.create(customers.get(i), name, null));
      assertThat(outcomes).filteredOn(DomainInfo.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(it -> it instanceof DirectoryProblem p && p.kind() == Kind.CONFLICT)
          .hasSize(19);
    }
  }

  @Test
  void ofTwentyWhoWantAMailboxAtOnceOneGetsIt() {
    var domain = fixtures.domain();
    var outcomes =
        Together.run(20, _ -> mailboxes.create(Viewer.SERVER, domain.id(), "ann", "", null));
    assertThat(outcomes).filteredOn(MailboxInfo.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(it -> it instanceof DirectoryProblem p && p.kind() == Kind.CONFLICT)
        .hasSize(19);
  }

  @Test
  void aDomainThatIsRemovedMeanwhileTakesNothingNew() {
    for (int round = 0; round < 5; round++) {
      var domain = fixtures.domain();
      var outcomes =
          Together.run(
              8,
              i -> {
                if (i == 3) {
                  domains.remove(Viewer.SERVER, domain.id());
                  return "removed";
                }
                return mailboxes.create(Viewer.SERVER, domain.id(), "box" + i, "", null);
              });
      assertThat(outcomes)
          .allSatisfy(
              it ->
                  assertThat(
                          it instanceof MailboxInfo
                              || it.equals("removed")
                              || it instanceof DirectoryProblem p && p.kind() == Kind.NOT_FOUND)
                      .as(it.toString())
                      .isTrue());
      assertThat(mailboxes.list(Viewer.SERVER, domain.id(), PageRequest.first(9)).total()).isZero();
    }
  }

  @Test
  void aCatchAllGoesToWhatExistsOrElsewhere() {
    var domain = fixtures.domain();
    assertProblem(
        Kind.INVALID,
        "target",
        () ->
            domains.catchAll(Viewer.SERVER, domain.id(), new MailAddress("nobody", domain.name())));
    var elsewhere = MailAddress.parse("Someone@example.net");
    assertThat(domains.catchAll(Viewer.SERVER, domain.id(), elsewhere).catchAll())
        .isEqualTo(elsewhere);
    fixtures.mailbox(domain, "ann");
    var here = new MailAddress("Ann", domain.name());
    assertThat(domains.catchAll(Viewer.SERVER, domain.id(), here).catchAll()).isEqualTo(here);
    assertThat(domains.catchAll(Viewer.SERVER, domain.id(), null).catchAll()).isNull();
  }

  @Test
  void anAccountIsRemovedWithAllThatItHas() {
    var customer = fixtures.customer();
    var domain = fixtures.domain(customer);
    var mailbox = fixtures.mailbox(domain, "ann");
    fixtures.forwarder(domain, "sales", "x@example.net");
    accounts.remove(Viewer.SERVER, customer.accountId());
    assertProblem(Kind.NOT_FOUND, "", () -> domains.find(Viewer.SERVER, domain.id()));
    assertProblem(Kind.NOT_FOUND, "", () -> mailboxes.find(Viewer.SERVER, mailbox.id()));
    domains.create(fixtures.customer(), domain.name(), null);
  }

  @Test
  void twoAdministratorsWhoRemoveEachOtherAtTheSameMomentWaitInNoCircle() {
    for (int round = 0; round < 5; round++) {
      var both = List.of(fixtures.administrator(), fixtures.administrator());
      var outcomes =
          Together.run(
              2,
              i -> {
                accounts.remove(both.get(i), both.get(1 - i).accountId());
                return "removed";
              });
      assertThat(outcomes).containsOnly("removed");
    }
  }

  @Test
  void aResellerWithCustomersStays() {
    var reseller = fixtures.reseller();
    var customer = fixtures.customerOf(reseller);
    assertProblem(Kind.CONFLICT, "", () -> accounts.remove(Viewer.SERVER, reseller.accountId()));
    accounts.remove(reseller, customer.accountId());
    accounts.remove(Viewer.SERVER, reseller.accountId());
  }

  @Test
  void aLoginIsTakenOnce() {
    var login = fixtures.unique("same");
    accounts.create(Viewer.SERVER, Role.CUSTOMER, login, "", null, null);
    assertProblem(
        Kind.CONFLICT,
        "login",
        () ->
            accounts.create(
                Viewer.SERVER, Role.CUSTOMER, login.toUpperCase(Locale.ROOT), "", null, null));
  }

  @Test
  void onlyACustomerBelongsToAReseller() {
    var reseller = fixtures.reseller();
    var customer = fixtures.customer();
    for (var wrong :
        List.<Runnable>of(
            () -> create(Role.RESELLER, reseller.accountId()),
            () -> create(Role.CUSTOMER, customer.accountId()),
            () -> create(Role.CUSTOMER, Long.MAX_VALUE))) {
      assertProblem(Kind.INVALID, "parentId", wrong);
    }
    assertThat(create(Role.CUSTOMER, reseller.accountId()).parentId())
        .isEqualTo(reseller.accountId());
  }

  private AccountInfo create(Role role, long parent) {
    return accounts.create(Viewer.SERVER, role, fixtures.unique("child"), "", null, parent);
  }
}
