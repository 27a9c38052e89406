package dev.postroom.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.postroom.auth.ApiTokens;
import dev.postroom.browser.People;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Role;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.web.PanelClient;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is not one's own does not exist. */
@PostroomTest
class RightsTest {
  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject Domains domains;
  @Inject ApiTokens tokens;

  @Test
  void aCustomerFindsNothingOfAnother() {
    var other = people.customer();
    var domain = fixtures.domain(other);
    var mailbox = fixtures.mailbox(domain, "anna");
    var forwarder = fixtures.forwarder(domain, "all", "a@b.example");
    var token = tokens.create(other, other.accountId(), "theirs").token();
    var client = PanelClient.signedIn(people.customer());
    for (var path :
        List.of(
            "/domains/" + domain.id(),
            "/domains/" + domain.id() + "/remove",
            "/domains/" + domain.id() + "/suspend",
            "/mailboxes/" + mailbox.id(),
            "/mailboxes/" + mailbox.id() + "/remove",
            "/mailboxes/" + mailbox.id() + "/shares",
            "/mailboxes/" + mailbox.id() + "/shares/1",
            "/mailboxes/new?domain=" + domain.id(),
            "/connect/" + mailbox.id(),
            "/forwarders/" + forwarder.id(),
            "/forwarders/" + forwarder.id() + "/remove",
            "/accounts/" + other.accountId() + "/tokens",
            "/accounts/" + other.accountId() + "/tokens/" + token.id() + "/revoke")) {
      client.get(path).then().statusCode(404).body(containsString("There is no such page"));
    }
    client.get("/mailboxes?domain=" + domain.id()).then().body(not(containsString("anna@")));
  }

  @Test
  void aCustomerChangesNothingOfAnother() {
    var other = people.customer();
    var domain = fixtures.domain(other);
    var mailbox = fixtures.mailbox(domain, "anna");
    var token = tokens.create(other, other.accountId(), "theirs").token();
    var client = PanelClient.signedIn(people.customer());
    for (var path :
        List.of(
            "/domains/" + domain.id(),
            "/domains/" + domain.id() + "/remove",
            "/domains/" + domain.id() + "/vouch",
            "/domains/" + domain.id() + "/resume",
            "/mailboxes/" + mailbox.id(),
            "/mailboxes/" + mailbox.id() + "/password",
            "/mailboxes/" + mailbox.id() + "/shares/1",
            "/mailboxes/" + mailbox.id() + "/shares/1/remove",
            "/mailboxes/" + mailbox.id() + "/remove",
            "/accounts/" + other.accountId() + "/tokens/" + token.id() + "/revoke")) {
      client
          .post("/", path, "confirm", domain.name().ascii(), "quotaOctets", "1")
          .then()
          .statusCode(404);
    }
    assertThat(domains.find(other, domain.id()).mailboxes()).isOne();
    assertThat(tokens.list(other, other.accountId())).hasSize(1);
  }

  @Test
  void customersDoNotManage() {
    var customer = people.customer();
    var client = PanelClient.signedIn(customer);
    client.get("/").then().body(not(containsString("href=\"/accounts\"")));
    for (var path :
        List.of("/accounts", "/accounts/new", "/accounts/" + customer.accountId(), "/plans")) {
      client.get(path).then().statusCode(404);
    }
    client.post("/", "/accounts/new", "login", "mine").then().statusCode(404);
    client.post("/", "/plans/new", "name", "mine").then().statusCode(404);
  }

  @Test
  void aCustomerDoesNotVouchForItself() {
    var customer = people.customer();
    var client = PanelClient.signedIn(customer);
    client.submit("/domains/new", "name", fixtures.unique("own") + ".test").then().statusCode(303);
    var domain =
        domains.list(customer, dev.postroom.directory.PageRequest.first(1)).items().getFirst();
    client.get("/domains/" + domain.id()).then().body(not(containsString("Vouch")));
    client.post("/", "/domains/" + domain.id() + "/vouch").then().statusCode(403);
    assertThat(domains.find(customer, domain.id()).takesMail()).isFalse();
  }

  @Test
  void aResellerSeesItsCustomersAndNobodyElses() {
    var reseller = people.reseller();
    var own = fixtures.customerOf(reseller);
    var stranger = fixtures.customer();
    var domain = fixtures.domain(own);
    var client = PanelClient.signedIn(reseller);
    client.get("/accounts/" + own.accountId()).then().statusCode(200);
    client.get("/accounts/" + stranger.accountId()).then().statusCode(404);
    client
        .get("/domains")
        .then()
        .body(containsString(domain.name().ascii()))
        .body(containsString(own.login()));
  }

  @Test
  void nobodyRaisesItsOwnRank() {
    var reseller = people.reseller();
    var client = PanelClient.signedIn(reseller);
    client
        .submit(
            "/accounts/new", "login", fixtures.unique("boss"), "name", "", "role", "ADMINISTRATOR")
        .then()
        .statusCode(422)
        .body(containsString("Resellers create customers only"));
    assertThat(reseller.role()).isEqualTo(Role.RESELLER);
    client
        .post("/", "/accounts/" + reseller.accountId() + "/suspend", "login", "on")
        .then()
        .statusCode(422);
  }

  @Test
  void onesOwnPasswordNeedsTheCurrentOne() {
    var customer = people.customer();
    var client = PanelClient.signedIn(customer);
    var fresh = "walrus-teapot-91-gravel";
    client
        .submit("/account", "current", "wrong", "password", fresh, "again", fresh)
        .then()
        .statusCode(422)
        .body(containsString("not your current password"));
    client
        .submit("/account", "current", Fixtures.PASSWORD, "password", fresh, "again", "other")
        .then()
        .statusCode(422)
        .body(containsString("differ"));
    var elsewhere = PanelClient.signedIn(customer);
    client
        .submit("/account", "current", Fixtures.PASSWORD, "password", fresh, "again", fresh)
        .then()
        .statusCode(303);
    client.get("/account").then().statusCode(200).body(containsString("was changed"));
    elsewhere.get("/").then().statusCode(303);
    new PanelClient().signIn(customer.login(), fresh).then().statusCode(303);
  }
}
