package dev.postroom.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class RecipientsTest {
  @Inject Fixtures fixtures;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Forwarders forwarders;
  @Inject Accounts accounts;
  @Inject Recipients recipients;

  private DomainInfo domain;

  @BeforeEach
  void aDomain() {
    domain = fixtures.domain();
  }

  private MailAddress at(String localPart) {
    return new MailAddress(localPart, domain.name());
  }

  private static Recipient.Target live(String address) {
    return new Recipient.Target(MailAddress.parse(address), DestinationState.CONFIRMED);
  }

  private static Recipient.Target unasked(MailAddress here) {
    return new Recipient.Target(here, DestinationState.UNASKED);
  }

  @Test
  void aMailboxIsFoundInAnyCaseOfLetters() {
    var mailbox = fixtures.mailbox(domain, "Ann");
    assertThat(recipients.resolve(at("aNN")))
        .isEqualTo(new Recipient.Local(mailbox.id(), at("ann"), false, ""));
  }

  @Test
  void anAddressThatNoMailboxCanHaveIsUnknown() {
    fixtures.mailbox(domain, "ann");
    for (var localPart : new String[] {"ann ", "änn", "ann\0", "a".repeat(300), "bob+x", "%"}) {
      assertThat(recipients.resolve(at(localPart)))
          .as(localPart)
          .isInstanceOf(Recipient.Unknown.class);
      assertThat(recipients.maySendAs(1, at(localPart))).isFalse();
    }
  }

  @Test
  void anUnknownLocalPartIsUnknownUntilItIsCreatedAndAgainWhenItIsRemoved() {
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Unknown.class);
    var mailbox = fixtures.mailbox(domain, "ann");
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Local.class);
    mailboxes.remove(Viewer.SERVER, mailbox.id());
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Unknown.class);
  }

  @Test
  void aDomainThatIsNotHereIsElsewhere() {
    assertThat(recipients.resolve(MailAddress.parse("ann@nobody.example")))
        .isInstanceOf(Recipient.Elsewhere.class);
    assertThat(recipients.isLocal(DomainName.of("nobody.example"))).isFalse();
  }

  @Test
  void aDomainTakesNoMailBeforeItsControlIsProven() {
    var customer = fixtures.customer();
    domain = domains.create(customer, DomainName.of(fixtures.unique("new") + ".test"), null);
    var mailbox = mailboxes.create(customer, domain.id(), "ann", "", null);
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Elsewhere.class);
    assertThat(recipients.isLocal(domain.name())).isFalse();
    assertThat(recipients.maySendAs(mailbox.id(), mailbox.address())).isFalse();

    domains.proven(customer, domain.id());
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Local.class);
    assertThat(recipients.isLocal(domain.name())).isTrue();
    assertThat(recipients.maySendAs(mailbox.id(), mailbox.address())).isTrue();
  }

  @Test
  void aForwarderHasItsTargetsInOrder() {
    var forwarder = fixtures.forwarder(domain, "sales", "z@example.net", "a@example.net");
    assertThat(recipients.resolve(at("sales")))
        .isEqualTo(
            new Recipient.Forwarded(
                forwarder.id(),
                at("sales"),
                List.of(live("z@example.net"), live("a@example.net")),
                null));
  }

  @Test
  void aForwarderThatKeepsACopyNamesTheMailbox() {
    var mailbox = fixtures.mailbox(domain, "ann");
    forwarders.create(
        Viewer.SERVER, domain.id(), "ann", List.of(MailAddress.parse("a@example.net")), true);
    assertThat(recipients.resolve(at("ann")))
        .isInstanceOfSatisfying(
            Recipient.Forwarded.class, it -> assertThat(it.mailboxId()).isEqualTo(mailbox.id()));
  }

  @Test
  void aForwarderGoesOnWhenTheMailboxThatKeptACopyIsRemoved() {
    var mailbox = fixtures.mailbox(domain, "ann");
    forwarders.create(
        Viewer.SERVER, domain.id(), "ann", List.of(MailAddress.parse("a@example.net")), true);
    mailboxes.remove(Viewer.SERVER, mailbox.id());
    assertThat(recipients.resolve(at("ann")))
        .isInstanceOfSatisfying(
            Recipient.Forwarded.class, it -> assertThat(it.mailboxId()).isNull());
    assertThat(forwarders.findByAddress(Viewer.SERVER, at("ann")).keepCopy()).isFalse();
  }

  @Test
  void aCatchAllTakesWhatNobodyElseTakes() {
    fixtures.mailbox(domain, "ann");
    domains.catchAll(Viewer.SERVER, domain.id(), at("ann"));
    assertThat(recipients.resolve(at("nobody")))
        .isEqualTo(new Recipient.CatchAll(at("nobody"), unasked(at("ann"))));
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Local.class);
    domains.catchAll(Viewer.SERVER, domain.id(), null);
    assertThat(recipients.resolve(at("nobody"))).isInstanceOf(Recipient.Unknown.class);
  }

  @Test
  void aCatchAllWhoseTargetWasRemovedDoesNotRunInACircle() {
    var mailbox = fixtures.mailbox(domain, "ann");
    domains.catchAll(Viewer.SERVER, domain.id(), at("ann"));
    mailboxes.remove(Viewer.SERVER, mailbox.id());
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Unknown.class);
  }

  @Test
  void receivingStopsWithTheMailboxItsDomainOrItsAccount() {
    var mailbox = fixtures.mailbox(domain, "ann");
    var receiving = new Suspension(false, false, true, "unpaid");

    mailboxes.suspend(Viewer.SERVER, mailbox.id(), receiving);
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Suspended.class);
    mailboxes.suspend(Viewer.SERVER, mailbox.id(), Suspension.NONE);
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Local.class);

    domains.suspend(Viewer.SERVER, domain.id(), receiving);
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Suspended.class);
    domains.suspend(Viewer.SERVER, domain.id(), Suspension.NONE);

    accounts.suspend(Viewer.SERVER, domain.accountId(), receiving);
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Suspended.class);
    assertThat(recipients.suspension(mailbox.id()).reason()).isEqualTo("unpaid");
  }

  @Test
  void aMailboxSendsAsItselfAndAsTheForwardersThatReachIt() {
    var ann = fixtures.mailbox(domain, "ann");
    var ben = fixtures.mailbox(domain, "ben");
    fixtures.forwarder(domain, "sales", "Ann@" + domain.name(), "x@example.net");
    assertThat(recipients.maySendAs(ann.id(), at("ANN"))).isTrue();
    assertThat(recipients.maySendAs(ann.id(), at("sales"))).isTrue();
    assertThat(recipients.maySendAs(ben.id(), at("sales"))).isFalse();
    assertThat(recipients.maySendAs(ben.id(), at("ann"))).isFalse();
    assertThat(recipients.maySendAs(ann.id(), MailAddress.parse("x@example.net"))).isFalse();
  }

  @Test
  void aForwarderToAnAddressElsewhereIsNotTheirsWhoHaveClaimedThatAddressHere() {
    var customer = fixtures.customer();
    var name = DomainName.of(fixtures.unique("claimed") + ".test");
    fixtures.forwarder(domain, "sales", "ann@" + name);
    var claimed = domains.create(customer, name, null);
    var mailbox = mailboxes.create(customer, claimed.id(), "ann", "", null);
    assertThat(recipients.maySendAs(mailbox.id(), at("sales"))).isFalse();
    domains.proven(customer, claimed.id());
    assertThat(recipients.maySendAs(mailbox.id(), at("sales"))).isTrue();
  }

  @Test
  void aDetailLeadsToTheAddressBeforeItUnlessThereIsSuchAnAddress() {
    var ann = fixtures.mailbox(domain, "ann");
    var sales = fixtures.forwarder(domain, "sales", "ann@" + domain.name());
    domains.catchAll(Viewer.SERVER, domain.id(), at("sales"));
    assertThat(recipients.resolve(at("Ann+Shop+2")))
        .isEqualTo(new Recipient.Local(ann.id(), at("ann"), false, "shop+2"));
    assertThat(recipients.resolve(at("sales+x")))
        .isInstanceOfSatisfying(
            Recipient.Forwarded.class,
            it -> {
              assertThat(it.forwarderId()).isEqualTo(sales.id());
              assertThat(it.address()).isEqualTo(at("sales"));
            });
    for (var localPart : new String[] {"+ann", "bob+x", "an+n"}) {
      assertThat(recipients.resolve(at(localPart)))
          .as(localPart)
          .isInstanceOf(Recipient.CatchAll.class);
    }
    var shop = fixtures.mailbox(domain, "ann+shop");
    assertThat(recipients.resolve(at("ann+shop")))
        .isEqualTo(new Recipient.Local(shop.id(), at("ann+shop"), false, ""));
  }

  @Test
  void aMailboxThatFilesByDetailNamesTheFolder() {
    var ann = fixtures.mailbox(domain, "ann");
    assertThat(((Recipient.Local) recipients.resolve(at("ann+shop"))).folder()).isEmpty();
    mailboxes.fileByDetail(Viewer.SERVER, ann.id(), true);
    assertThat(((Recipient.Local) recipients.resolve(at("ann+shop"))).folder()).contains("shop");
    assertThat(((Recipient.Local) recipients.resolve(at("ann"))).folder()).isEmpty();
    assertThat(((Recipient.Local) recipients.resolve(at("ann+"))).folder()).isEmpty();
  }

  @Test
  void aMailboxSendsAsItsDetailsButNotAsAnAddressOfSomebodyElse() {
    var ann = fixtures.mailbox(domain, "ann");
    assertThat(recipients.maySendAs(ann.id(), at("ann+shop"))).isTrue();
    assertThat(recipients.maySendAs(ann.id(), at("anna+shop"))).isFalse();
    var shop = fixtures.mailbox(domain, "ann+shop");
    assertThat(recipients.maySendAs(ann.id(), at("ann+shop"))).isFalse();
    assertThat(recipients.maySendAs(shop.id(), at("ann+shop"))).isTrue();
    assertThat(recipients.maySendAs(shop.id(), at("ann"))).isFalse();
  }

  @Test
  void anAliasOfADomainHasItsAddressesAndItsUsersSendAsIt() {
    var ann = fixtures.mailbox(domain, "ann");
    var sales = fixtures.forwarder(domain, "sales", "ann@" + domain.name());
    var customer = new Viewer.Person(domain.accountId(), Role.CUSTOMER, domain.accountLogin());
    var alias = domains.create(customer, DomainName.of(fixtures.unique("alias") + ".test"), null);
    domains.alias(customer, alias.id(), domain.name());
    var there = new MailAddress("ann", alias.name());
    assertThat(recipients.resolve(there)).isInstanceOf(Recipient.Elsewhere.class);
    assertThat(recipients.maySendAs(ann.id(), there)).isFalse();

    domains.proven(customer, alias.id());
    assertThat(recipients.resolve(there))
        .isEqualTo(new Recipient.Local(ann.id(), at("ann"), false, ""));
    assertThat(recipients.resolve(new MailAddress("ann+x", alias.name())))
        .isEqualTo(new Recipient.Local(ann.id(), at("ann"), false, "x"));
    assertThat(recipients.resolve(new MailAddress("sales", alias.name())))
        .isInstanceOfSatisfying(
            Recipient.Forwarded.class, it -> assertThat(it.address()).isEqualTo(at("sales")));
    assertThat(recipients.resolve(new MailAddress("nobody", alias.name())))
        .isInstanceOf(Recipient.Unknown.class);
    assertThat(recipients.maySendAs(ann.id(), there)).isTrue();
    assertThat(recipients.maySendAs(ann.id(), new MailAddress("sales", alias.name()))).isTrue();
    assertThat(recipients.maySendAs(ann.id(), new MailAddress("ann+x", alias.name()))).isTrue();
    assertThat(recipients.maySendAs(ann.id(), new MailAddress("ben", alias.name()))).isFalse();
    assertThat(recipients.isLocal(alias.name())).isTrue();

    forwarders.update(Viewer.SERVER, sales.id(), List.of(there), false);
    assertThat(recipients.maySendAs(ann.id(), at("sales"))).isTrue();

    domains.alias(customer, alias.id(), null);
    assertThat(recipients.resolve(there)).isInstanceOf(Recipient.Unknown.class);
  }

  @Test
  void whoIsBelowASuspendedResellerIsSuspendedToo() {
    var reseller = fixtures.reseller();
    domain = fixtures.domain(fixtures.customerOf(reseller));
    var ann = fixtures.mailbox(domain, "ann");
    accounts.suspend(Viewer.SERVER, reseller.accountId(), Suspension.all("unpaid"));
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Suspended.class);
    assertThat(recipients.suspension(ann.id())).isEqualTo(Suspension.all("unpaid"));
    assertThat(mailboxes.find(Viewer.SERVER, ann.id()).effective().reason()).isEqualTo("unpaid");
    assertThat(accounts.find(Viewer.SERVER, domain.accountId()).effective().login()).isTrue();
    accounts.suspend(Viewer.SERVER, reseller.accountId(), Suspension.NONE);
    assertThat(recipients.resolve(at("ann"))).isInstanceOf(Recipient.Local.class);
  }

  @Test
  void everyChangeIsSeenAtOnce() {
    domain = fixtures.domain(fixtures.customer());
    var ann = fixtures.mailbox(domain, "ann");
    var sales = fixtures.forwarder(domain, "sales", "ann@" + domain.name());
    assertThat(recipients.maySendAs(ann.id(), at("sales"))).isTrue();
    assertThat(recipients.suspension(ann.id())).isEqualTo(Suspension.NONE);
    assertThat(recipients.accountOf(domain.name())).contains(domain.accountId());

    forwarders.remove(Viewer.SERVER, sales.id());
    assertThat(recipients.maySendAs(ann.id(), at("sales"))).isFalse();
    var sending = new Suspension(false, true, false, "spam");
    accounts.suspend(Viewer.SERVER, domain.accountId(), sending);
    assertThat(recipients.suspension(ann.id())).isEqualTo(sending);
    domains.remove(Viewer.SERVER, domain.id());
    assertThat(recipients.accountOf(domain.name())).isEmpty();
    assertThat(recipients.isLocal(domain.name())).isFalse();
  }
}
