package dev.postroom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.DirectoryProblem.Kind;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups, and domains that are aliases: what may be set up, and what is refused. */
@PostroomTest
class GroupsTest {
  @Inject Fixtures fixtures;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Forwarders forwarders;
  @Inject Groups groups;
  @Inject Recipients recipients;

  private Viewer.Person owner;
  private DomainInfo domain;

  @BeforeEach
  void aDomain() {
    owner = fixtures.customer();
    domain = fixtures.domain(owner);
  }

  private MailAddress at(String localPart) {
    return new MailAddress(localPart, domain.name());
  }

  private static Groups.Plan of(MailAddress... members) {
    return new Groups.Plan(false, List.of(members), GroupSenders.ANYONE);
  }

  private static Groups.Plan everyone() {
    return new Groups.Plan(true, List.of(), GroupSenders.DOMAIN);
  }

  private List<MailAddress> reached(String localPart) {
    var group = (Recipient.Group) recipients.resolve(at(localPart));
    return group.members().stream()
        .map(Recipient.Member::address)
        .sorted(GroupsTest::order)
        .toList();
  }

  private static int order(MailAddress one, MailAddress other) {
    return one.toString().compareTo(other.toString());
  }

  @Test
  void everyoneIsEveryMailboxOfTheDomainAsItIsNow() {
    fixtures.mailbox(domain, "ann");
    var all = groups.create(owner, domain.id(), "All", everyone());
    assertThat(all.members()).isEqualTo(1);
    assertThat(reached("all")).containsExactly(at("ann"));
    var ben = fixtures.mailbox(domain, "ben");
    fixtures.mailbox(fixtures.domain(owner), "cho");
    assertThat(reached("all")).containsExactly(at("ann"), at("ben"));
    mailboxes.suspend(owner, ben.id(), new Suspension(false, false, true, ""));
    assertThat(((Recipient.Group) recipients.resolve(at("all"))).members())
        .filteredOn(Recipient.Member::takesMail)
        .extracting(Recipient.Member::address)
        .containsExactly(at("ann"));
    mailboxes.remove(owner, ben.id());
    assertThat(groups.findByAddress(owner, at("all")).members()).isEqualTo(1);
  }

  @Test
  void aListHasMailboxesOfTheSameCustomerAlone() {
    fixtures.mailbox(domain, "ann");
    var cho = fixtures.mailbox(fixtures.domain(owner), "cho");
    var board = groups.create(owner, domain.id(), "board", of(at("ANN"), cho.address()));
    assertThat(groups.members(owner, board.id()))
        .containsExactlyInAnyOrder(at("ann"), cho.address());
    assertThat(board.members()).isEqualTo(2);
    var stranger = fixtures.mailbox(fixtures.domain(), "eve").address();
    for (var wrong : List.of(stranger, at("nobody"), MailAddress.parse("a@elsewhere.test"))) {
      assertThatThrownBy(() -> groups.update(owner, board.id(), of(wrong)))
          .hasMessageContaining("'" + wrong + "' is no mailbox of the same customer");
    }
    assertThatThrownBy(() -> groups.update(owner, board.id(), of()))
        .hasMessageContaining("at least one");
    groups.update(owner, board.id(), of(cho.address()));
    assertThat(reached("board")).containsExactly(cho.address());
    mailboxes.remove(owner, cho.id());
    assertThat(reached("board")).isEmpty();
    groups.update(owner, board.id(), everyone());
    assertThat(groups.members(owner, board.id())).isEmpty();
    groups.remove(owner, board.id());
    assertThat(recipients.resolve(at("board"))).isInstanceOf(Recipient.Unknown.class);
  }

  @Test
  void anAddressIsAMailboxAForwarderOrAGroup() {
    fixtures.mailbox(domain, "ann");
    fixtures.forwarder(domain, "sales", "ann@" + domain.name());
    groups.create(owner, domain.id(), "all", everyone());
    for (var taken : new String[] {"ann", "sales", "all"}) {
      assertThatThrownBy(() -> groups.create(owner, domain.id(), taken, everyone()))
          .isInstanceOfSatisfying(
              DirectoryProblem.class, it -> assertThat(it.kind()).isEqualTo(Kind.CONFLICT));
    }
    assertThatThrownBy(() -> mailboxes.create(owner, domain.id(), "all", "", null))
        .hasMessageContaining("There is a group");
    assertThatThrownBy(
            () -> forwarders.create(owner, domain.id(), "all", List.of(at("ann")), false))
        .hasMessageContaining("There is a group");
  }

  @Test
  void groupsCountAsForwardersToAPlan() {
    var limited = fixtures.customer(new PlanLimits(-1, -1, 1, -1, -1, -1, -1));
    var theirs = fixtures.domain(limited);
    fixtures.mailbox(theirs, "ann");
    groups.create(limited, theirs.id(), "all", everyone());
    assertThatThrownBy(() -> groups.create(limited, theirs.id(), "all2", everyone()))
        .isInstanceOfSatisfying(
            DirectoryProblem.class, it -> assertThat(it.kind()).isEqualTo(Kind.LIMIT));
  }

  @Test
  void othersSeeNothingOfAGroup() {
    fixtures.mailbox(domain, "ann");
    var all = groups.create(owner, domain.id(), "all", everyone());
    var stranger = fixtures.customer();
    assertThatThrownBy(() -> groups.find(stranger, all.id())).hasMessageContaining("no such group");
    assertThatThrownBy(() -> groups.members(stranger, all.id()))
        .hasMessageContaining("no such group");
    assertThatThrownBy(() -> groups.update(stranger, all.id(), everyone()))
        .hasMessageContaining("no such group");
    assertThatThrownBy(() -> groups.remove(stranger, all.id()))
        .hasMessageContaining("no such group");
    assertThat(groups.list(stranger, null, PageRequest.first(10)).items()).isEmpty();
    assertThat(groups.list(owner, domain.id(), new PageRequest("AL", 1, 10)).items())
        .containsExactly(all);
  }

  private DomainInfo another() {
    return fixtures.domain(owner);
  }

  @Test
  void anAliasIsOneStepLongAndNeverACircle() {
    var one = another();
    var two = another();
    assertThat(domains.alias(owner, one.id(), domain.name()).aliasOf()).isEqualTo(domain.name());
    assertThat(domains.aliases(owner, domain.id())).containsExactly(one.name());
    assertThatThrownBy(() -> domains.alias(owner, domain.id(), domain.name()))
        .hasMessageContaining("of itself");
    assertThatThrownBy(() -> domains.alias(owner, two.id(), one.name()))
        .hasMessageContaining("is an alias itself: choose '" + domain.name());
    assertThatThrownBy(() -> domains.alias(owner, domain.id(), two.name()))
        .hasMessageContaining("Other domains are aliases");
    var strangers = fixtures.domain().name();
    for (var wrong : List.of(strangers, DomainName.of("nowhere.test"))) {
      assertThatThrownBy(() -> domains.alias(owner, two.id(), wrong))
          .hasMessageContaining("no domain '" + wrong + "' of the same customer");
    }
    domains.remove(owner, domain.id());
    assertThat(domains.find(owner, one.id()).aliasOf()).isNull();
  }

  @Test
  void anAliasHasNoAddressesOfItsOwn() {
    var alias = another();
    fixtures.mailbox(alias, "ann");
    assertThatThrownBy(() -> domains.alias(owner, alias.id(), domain.name()))
        .hasMessageContaining("of its own");
    var empty = another();
    domains.alias(owner, empty.id(), domain.name());
    assertThatThrownBy(() -> mailboxes.create(owner, empty.id(), "x", "", null))
        .hasMessageContaining("is an alias");
    assertThatThrownBy(() -> groups.create(owner, empty.id(), "x", everyone()))
        .hasMessageContaining("is an alias");
    assertThatThrownBy(() -> forwarders.create(owner, empty.id(), "x", List.of(at("ann")), false))
        .hasMessageContaining("is an alias");
    assertThatThrownBy(() -> domains.catchAll(owner, empty.id(), at("ann")))
        .hasMessageContaining("is an alias");
  }
}
