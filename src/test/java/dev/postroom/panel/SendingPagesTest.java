package dev.postroom.panel;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.postroom.browser.People;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.SendingLimits;
import dev.postroom.directory.Viewer;
import dev.postroom.sending.Allowances;
import dev.postroom.sending.Scope;
import dev.postroom.sending.SetLimits;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.web.PanelClient;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@PostroomTest
class SendingPagesTest {
  private static final SendingLimits HUNDRED_MESSAGES = new SendingLimits(100, -1, -1, -1);

  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject Allowances allowances;
  @Inject AgroalDataSource database;

  private void sent(Scope scope, int messages) throws SQLException {
    try (var connection = database.getConnection();
        var insert = connection.prepareStatement("insert into sent values (?, ?, ?, ?, ?)")) {
      insert.setString(1, scope.kind().name());
      insert.setLong(2, scope.id());
      insert.setLong(3, System.currentTimeMillis() / 3_600_000);
      insert.setInt(4, messages);
      insert.setInt(5, messages);
      insert.executeUpdate();
    }
  }

  @Test
  void theOwnerSeesALimitBeforeItIsHit() throws SQLException {
    var plan = PlanLimits.NONE.withSending(HUNDRED_MESSAGES, HUNDRED_MESSAGES);
    var customer = people.customer(plan);
    var ann = fixtures.mailbox(fixtures.domain(customer), "ann");
    sent(Scope.account(customer.accountId()), 83);
    sent(Scope.mailbox(ann.id()), 12);
    var client = PanelClient.signedIn(customer);
    client
        .get("/")
        .then()
        .body(containsString("83 of 100"))
        .body(containsString("Messages this hour: 83 of 100 sent."));
    client.get("/account").then().body(containsString("83 of 100"));
    client.get("/mailboxes/" + ann.id()).then().body(containsString("12 of 100"));
  }

  @Test
  void aCustomerNarrowsAMailboxAndIsToldWhatItsPlanAllows() {
    var plan = PlanLimits.NONE.withSending(SendingLimits.NONE, HUNDRED_MESSAGES);
    var customer = people.customer(plan);
    var ann = fixtures.mailbox(fixtures.domain(customer), "ann");
    var client = PanelClient.signedIn(customer);
    var page = "/sending/mailbox/" + ann.id();
    client.get(page).then().body(containsString("Empty: 100, as in the plan."));
    client.submit(page, "messagesPerHour", "20").then().statusCode(303);
    client.get("/mailboxes/" + ann.id()).then().body(containsString("0 of 20"));
    client
        .submit(page, "messagesPerHour", "200")
        .then()
        .statusCode(422)
        .body(containsString("Your plan allows 100 messages an hour."));
    client
        .submit(page, "messagesPerHour", "many")
        .then()
        .statusCode(422)
        .body(containsString("Type a whole number"));
  }

  @Test
  void whatTheProviderSetIsTheProvidersToChange() {
    var customer = people.customer();
    var ann = fixtures.mailbox(fixtures.domain(customer), "ann");
    var five = new SetLimits(5L, null, null, null);
    allowances.change(Viewer.SERVER, Scope.mailbox(ann.id()), five);
    var client = PanelClient.signedIn(customer);
    var page = "/sending/mailbox/" + ann.id();
    client
        .get(page)
        .then()
        .body(containsString("These limits are your provider"))
        .body(not(containsString("name=\"messagesPerHour\"")));
    client.post("/account", page, "messagesPerHour", "50").then().statusCode(422);
  }

  @Test
  void strangersFindNoSuchPage() {
    var ann = fixtures.mailbox(fixtures.domain(), "ann");
    var client = PanelClient.signedIn(people.customer());
    client.get("/sending/mailbox/" + ann.id()).then().statusCode(404);
    client.get("/sending/elephant/1").then().statusCode(404);
  }
}
