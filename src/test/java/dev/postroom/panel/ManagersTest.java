package dev.postroom.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;

import dev.postroom.auth.ApiTokens;
import dev.postroom.browser.People;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.Domains;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Plans;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.DomainName;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.web.PanelClient;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators and resellers do for others. */
@PostroomTest
class ManagersTest {
  private static final Pattern SECRET = Pattern.compile("id=\"notice-secret\">([^<]+)<");

  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject Accounts accounts;
  @Inject Plans plans;
  @Inject Domains domains;
  @Inject ApiTokens tokens;

  private Viewer.Person administrator;
  private PanelClient client;

  @BeforeEach
  void signIn() {
    administrator = people.administrator();
    client = PanelClient.signedIn(administrator);
  }

  private static String secretOn(PanelClient client, String path) {
    var secret = SECRET.matcher(client.get(path).asString());
    assertThat(secret.find()).as("a secret on %s", path).isTrue();
    return secret.group(1);
  }

  @Test
  void aNewAccountSignsInWithThePasswordThatWasShownOnce() {
    var login = fixtures.unique("baker");
    var location =
        client
            .submit(
                "/accounts/new",
                "login",
                login,
                "name",
                "The Baker",
                "role",
                "CUSTOMER",
                "planId",
                "",
                "parentId",
                "",
                "password",
                "")
            .then()
            .statusCode(303)
            .extract()
            .header("Location");
    var password = secretOn(client, location);
    client.get(location).then().body(not(containsString(password)));
    new PanelClient().signIn(login, password).then().statusCode(303);
  }

  @Test
  void anAccountCanBelongToAReseller() {
    var reseller = people.reseller();
    var login = fixtures.unique("baker");
    client
        .submit("/accounts/new", "login", login, "role", "CUSTOMER", "parentId", "nobody-here")
        .then()
        .statusCode(422)
        .body(containsString("There is no reseller"))
        .body(containsString("value=\"" + login + "\""));
    client
        .submit("/accounts/new", "login", login, "role", "CUSTOMER", "parentId", reseller.login())
        .then()
        .statusCode(303);
    assertThat(accounts.findByLogin(administrator, login).parentId())
        .isEqualTo(reseller.accountId());
  }

  @Test
  void aWeakPasswordCreatesNoAccount() {
    var login = fixtures.unique("baker");
    client
        .submit("/accounts/new", "login", login, "role", "CUSTOMER", "password", "1234567890")
        .then()
        .statusCode(422)
        .body(containsString("easy to guess"));
    assertThat(accounts.list(administrator, new PageRequest(login, 1, 5)).total()).isZero();
  }

  @Test
  void suspendingAndResumingGivesTheReason() {
    var customer = people.customer();
    var path = "/accounts/" + customer.accountId();
    client
        .submit(path + "/suspend", "login", "on", "receiving", "on", "reason", "Unpaid since May")
        .then()
        .statusCode(303);
    var suspension = accounts.find(administrator, customer.accountId()).suspension();
    assertThat(suspension.login()).isTrue();
    assertThat(suspension.sending()).isFalse();
    assertThat(suspension.receiving()).isTrue();
    client.get(path).then().body(containsString("Unpaid since May"));
    client.post(path, path + "/resume").then().statusCode(303);
    assertThat(accounts.find(administrator, customer.accountId()).suspension().isActive())
        .isFalse();
  }

  @Test
  void suspendingNothingIsAskedAgain() {
    var path = "/accounts/" + people.customer().accountId() + "/suspend";
    client
        .submit(path, "reason", "just so")
        .then()
        .statusCode(422)
        .body(containsString("at least one"))
        .body(containsString("value=\"just so\""));
  }

  @Test
  void removingNeedsTheNameTyped() {
    var customer = people.customer();
    fixtures.domain(customer);
    var path = "/accounts/" + customer.accountId() + "/remove";
    client.get(path).then().body(containsString("1 domain"));
    client
        .submit(path, "confirm", "something else")
        .then()
        .statusCode(422)
        .body(containsString("Nothing was removed"));
    client.submit(path, "confirm", customer.login()).then().statusCode(303);
    client.get("/accounts/" + customer.accountId()).then().statusCode(404);
    assertThat(domains.list(customer, PageRequest.first(1)).total()).isZero();
  }

  @Test
  void aPlanIsMadeGivenChangedAndKeptWhileInUse() {
    var name = fixtures.unique("small");
    client
        .submit(
            "/plans/new",
            "name",
            name,
            "domains",
            "3",
            "mailboxes",
            "",
            "forwarders",
            "x",
            "storageOctets",
            "5",
            "storageOctetsUnit",
            "GB")
        .then()
        .statusCode(422)
        .body(containsString("Type a whole number"))
        .body(containsString("value=\"" + name + "\""));
    client
        .submit(
            "/plans/new",
            "name",
            name,
            "domains",
            "3",
            "storageOctets",
            "5",
            "storageOctetsUnit",
            "GB")
        .then()
        .statusCode(303);
    var plan = plans.list(administrator, new PageRequest(name, 1, 5)).items().getFirst();
    assertThat(plan.limits().domains()).isEqualTo(3);
    assertThat(plan.limits().mailboxes()).isEqualTo(PlanLimits.UNLIMITED);
    assertThat(plan.limits().storageOctets()).isEqualTo(5L << 30);
    var customer = people.customer();
    client
        .submit("/accounts/" + customer.accountId(), "name", "", "planId", "" + plan.id())
        .then()
        .statusCode(303);
    client
        .submit("/plans/" + plan.id() + "/remove")
        .then()
        .statusCode(422)
        .body(containsString("Accounts are still on this plan"));
    client.get("/plans?q=" + name).then().body(containsString(name));
  }

  @Test
  void aTokenWorksUntilItIsRevoked() {
    var customer = people.customer();
    var own = PanelClient.signedIn(customer);
    var page = "/accounts/" + customer.accountId() + "/tokens";
    own.submit(page, "label", "Billing")
        .then()
        .statusCode(303)
        .header("Location", endsWith("/account"));
    var secret = secretOn(own, "/account");
    assertThat(tokens.authenticate(secret)).hasValue(new ApiTokens.Bearer(customer, "Billing"));
    var id = tokens.list(customer, customer.accountId()).getFirst().id();
    own.get(page + "/" + id + "/revoke").then().body(containsString("Billing"));
    own.submit(page + "/" + id + "/revoke").then().statusCode(303);
    assertThat(tokens.authenticate(secret)).isEmpty();
  }

  @Test
  void aDomainIsAddedForACustomerAndTakesMailAtOnce() {
    var customer = people.customer();
    var name = fixtures.unique("brot-und-blüten") + ".test";
    client.submit("/domains/new", "name", name, "account", customer.login()).then().statusCode(303);
    var domain = domains.findByName(customer, DomainName.of(name));
    assertThat(domain.takesMail()).isTrue();
    client
        .submit("/domains/new", "name", "x.test", "account", "nobody-here")
        .then()
        .statusCode(422)
        .body(containsString("There is no account"));
  }

  @Test
  void vouchingLetsACustomersDomainTakeMail() {
    var customer = people.customer();
    var domain = domains.create(customer, DomainName.of(fixtures.unique("own") + ".test"), null);
    var path = "/domains/" + domain.id();
    client.post(path, path + "/vouch").then().statusCode(303);
    assertThat(domains.find(customer, domain.id()).takesMail()).isTrue();
  }
}
