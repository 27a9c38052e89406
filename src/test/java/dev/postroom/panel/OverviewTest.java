package dev.postroom.panel;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.postroom.browser.People;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.DomainName;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.web.PanelClient;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@PostroomTest
class OverviewTest {
  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject Domains domains;
  @Inject Mailboxes mailboxes;
  @Inject Accounts accounts;
  @Inject AgroalDataSource database;

  @Test
  void whoBeginsIsToldHow() {
    PanelClient.signedIn(people.customer())
        .get("/")
        .then()
        .body(containsString("Three steps to your first mail"));
  }

  @Test
  void allIsWellWhenItIs() {
    var customer = people.customer();
    fixtures.mailbox(fixtures.domain(customer), "anna");
    PanelClient.signedIn(customer).get("/").then().body(containsString("All is well"));
  }

  @Test
  void whatNeedsAttentionComesFirst() throws SQLException {
    var plan = new PlanLimits(2, 10, 10, 10L << 30, 100, 100, 100);
    var customer = people.customer(plan);
    var domain = fixtures.domain(customer);
    var unproven = DomainName.of(fixtures.unique("new") + ".test");
    domains.create(customer, unproven, null);
    fill(fixtures.mailbox(domain, "anna").id(), 79);
    fill(fixtures.mailbox(domain, "ben").id(), 80);
    PanelClient.signedIn(customer)
        .get("/")
        .then()
        .body(
            allOf(
                containsString(unproven + " takes no mail yet"),
                containsString("ben@" + domain.name() + " is 80% full"),
                not(containsString("anna@" + domain.name() + " is")),
                containsString("Your plan&#39;s domains: 2 of 2 in use"),
                not(containsString("All is well"))));
  }

  @Test
  void whatIsFullNoLongerIsNotSpokenOf() throws SQLException {
    var customer = people.customer();
    var domain = fixtures.domain(customer);
    var emptied = fixtures.mailbox(domain, "anna").id();
    var removed = fixtures.mailbox(domain, "ben").id();
    fill(emptied, 99);
    fill(removed, 98);
    fill(fixtures.mailbox(domain, "cho").id(), 97);
    var client = PanelClient.signedIn(customer);
    client.get("/").then().body(containsString("anna@" + domain.name() + " is 99% full"));
    fill(emptied, 1);
    mailboxes.remove(customer, removed);
    client
        .get("/")
        .then()
        .statusCode(200)
        .body(
            allOf(
                not(containsString("anna@" + domain.name() + " is")),
                not(containsString("ben@" + domain.name() + " is")),
                containsString("cho@" + domain.name() + " is 97% full")));
  }

  @Test
  void nobodyIsWarnedOfTheMailboxesOfOthers() throws SQLException {
    var domain = fixtures.domain();
    fill(fixtures.mailbox(domain, "anna").id(), 99);
    PanelClient.signedIn(people.customer())
        .get("/")
        .then()
        .body(not(containsString("anna@" + domain.name())));
    PanelClient.signedIn(people.reseller())
        .get("/")
        .then()
        .body(not(containsString("anna@" + domain.name())));
  }

  @Test
  void aResellerIsWarnedOfItsCustomersMailboxes() throws SQLException {
    var reseller = people.reseller();
    var domain = fixtures.domain(fixtures.customerOf(reseller));
    fill(fixtures.mailbox(domain, "anna").id(), 99);
    PanelClient.signedIn(reseller)
        .get("/")
        .then()
        .body(containsString("anna@" + domain.name() + " is 99% full"));
  }

  @Test
  void whoMayNotSendReadsWhy() {
    var customer = people.customer();
    accounts.suspend(
        Viewer.SERVER, customer.accountId(), new Suspension(false, true, false, "Spam was sent"));
    PanelClient.signedIn(customer)
        .get("/")
        .then()
        .body(containsString("suspended for sending"))
        .body(containsString("Spam was sent"));
  }

  /** Of a quota of 1 GiB, which mailboxes of tests have. */
  private void fill(long mailboxId, int percent) throws SQLException {
    long octets = Math.ceilDiv((1L << 30) * percent, 100);
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          "insert into mailbox_usage (mailbox_id, octets, messages, last_uid_validity) values ("
              + mailboxId
              + ", "
              + octets
              + ", 1, 1) on duplicate key update octets = "
              + octets);
    }
  }
}
