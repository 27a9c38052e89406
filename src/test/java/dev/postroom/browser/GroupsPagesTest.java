package dev.postroom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.Domains;
import dev.postroom.directory.GroupSenders;
import dev.postroom.directory.Groups;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PageRequest;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer makes a group, an alias of a domain, and has mail sorted, at a real browser. */
@PostroomTest
class GroupsPagesTest {
  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Groups groups;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGroupIsAddedChangedAndRemoved(boolean javaScript) {
    var customer = people.customer();
    var domain = fixtures.domain(customer);
    var ann = fixtures.mailbox(domain, "ann").address();
    fixtures.mailbox(domain, "ben");
    try (var visitor = javaScript ? Visitor.arrives() : Visitor.withoutJavaScript()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).sees("Overview").follow("Groups");
      visitor.sees("No groups yet").follow("Add your first group").fill("Address", "all");
      visitor.press("Add group").sees("Group all@" + domain.name() + " was added.");
      visitor.sees("Everyone, 2 mailboxes").sees("People of the domain");
      visitor.follow("all@" + domain.name()).seesHeading("all@" + domain.name());
      visitor.page().locator("input[name=who][value=listed]").check();
      visitor.fill("Members", "eve@elsewhere.test").press("Save");
      visitor.sees("no mailbox of the same customer");
      assertThat(visitor.value("Members")).isEqualTo("eve@elsewhere.test");
      visitor.fill("Members", ann.toString());
      visitor.page().locator("#f-senders").selectOption("MEMBERS");
      visitor.press("Save").sees("Saved.").sees("Reaches 1 mailbox");
      var group = groups.list(customer, null, PageRequest.first(2)).items().getFirst();
      assertThat(group.everyone()).isFalse();
      assertThat(group.senders()).isEqualTo(GroupSenders.MEMBERS);
      assertThat(groups.members(customer, group.id())).containsExactly(ann);
      visitor.follow("Remove group").press("Remove group");
      visitor.sees("Group all@" + domain.name() + " was removed.").hadNoComplaints();
    }
    assertThat(groups.list(customer, null, PageRequest.first(2)).items()).isEmpty();
  }

  @Test
  void aDomainBecomesAnotherNameForOneAndAMailboxSortsItsMail() {
    var customer = people.customer();
    var domain = fixtures.domain(customer);
    var ann = fixtures.mailbox(domain, "ann");
    var alias = fixtures.domain(customer);
    try (var visitor = Visitor.arrives()) {
      visitor.signIn(customer.login(), Fixtures.PASSWORD).sees("Overview");
      visitor.open("/domains/" + alias.id()).fill("Has all addresses of", "nowhere.test");
      visitor.press("Save name").sees("There is no domain 'nowhere.test'");
      visitor.fill("Has all addresses of", domain.name().ascii()).press("Save name");
      visitor.sees("Alias of " + domain.name()).sees("works in this domain, too.");
      assertThat(domains.find(customer, alias.id()).aliasOf()).isEqualTo(domain.name());
      visitor.open("/domains/" + domain.id()).sees("Every address of this domain works in");
      visitor.open("/mailboxes/" + ann.id());
      visitor.page().locator("input[name=detailFolders]").check();
      visitor.page().locator("section[aria-labelledby=settings] button").first().click();
      visitor.sees("Saved.").hadNoComplaints();
      assertThat(mailboxes.find(customer, ann.id()).detailFolders()).isTrue();
      assertThat(visitor.page().locator("input[name=detailFolders]").isChecked()).isTrue();
      visitor.open("/domains/" + alias.id()).fill("Has all addresses of", "").press("Save name");
      visitor.sees("not another name for a domain any more");
    }
    assertThat(domains.find(customer, alias.id()).aliasOf()).isNull();
  }
}
