package dev.postroom.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.postroom.auth.ApiTokens;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.QueuedMail;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class QueueApiTest {
  private static final String ACTIONS = "/api/v1/queue/actions";
  private static final String ORDERS = "/api/v1/queue/orders";

  @Inject Fixtures fixtures;
  @Inject ApiTokens tokens;
  @Inject QueuedMail mail;

  private Viewer.Person customer;

  @BeforeEach
  void threeWait() {
    customer = fixtures.customer();
    mail.waits(customer, "anna@q.test", "a@one.example", "b@one.example", "c@two.example");
  }

  private RequestSpecification api(Viewer.Person person) {
    var secret = tokens.create(person, person.accountId(), "queue").secret();
    return given().auth().oauth2(secret).contentType(ContentType.JSON);
  }

  private ValidatableResponse act(Viewer.Person person, Map<String, ?> body) {
    return api(person).body(body).post(ACTIONS).then();
  }

  @Test
  void anActionSaysWhatItTouchedAndMayBeRepeated() {
    var hold = Map.of("action", "hold", "destination", "one.example", "reason", "wait");
    act(customer, hold).statusCode(200).body("touched", equalTo(2)).body("kept", equalTo(0));
    act(customer, hold).statusCode(200).body("touched", equalTo(0));
    api(customer)
        .get("/api/v1/queue?state=held")
        .then()
        .body("total", equalTo(2))
        .body("items[0].state", equalTo("held"));
    int id = api(customer).get("/api/v1/queue?search=a@one").then().extract().path("items[0].id");
    api(customer)
        .get("/api/v1/queue/" + id)
        .then()
        .statusCode(200)
        .body("others", hasSize(2))
        .body("header", containsString("Your order of Monday"));
    var drop = Map.of("action", "drop", "ids", java.util.List.of(id), "report", false);
    act(customer, drop).body("touched", equalTo(1));
    act(customer, drop).body("touched", equalTo(0));
    api(customer).get("/api/v1/queue/" + id).then().statusCode(404);
    api(customer)
        .get("/api/v1/audit?search=messages.held")
        .then()
        .body("total", equalTo(1))
        .body("items[0].messages", equalTo(2))
        .body("items[0].detail", equalTo("wait"));
  }

  @Test
  void whatIsNotSaidClearlyIsRefused() {
    act(customer, Map.of("action", "hold")).statusCode(422).body("field", equalTo("all"));
    act(customer, Map.of("action", "eat", "all", true)).statusCode(422);
    act(customer, Map.of("action", "drop", "all", true)).body("field", equalTo("report"));
    act(customer, Map.of("action", "hold", "state", "odd")).body("field", equalTo("state"));
    act(customer, Map.of("action", "reroute", "all", true, "route", "x:25")).statusCode(403);
    act(fixtures.customer(), Map.of("action", "drop", "all", true, "report", false))
        .statusCode(200)
        .body("touched", equalTo(0));
  }

  @Test
  void aStandingHoldIsThereOnceAndOnlyForThoseItConcerns() {
    var hold = Map.of("kind", "hold", "destination", "one.example");
    int first = api(customer).body(hold).put(ORDERS).then().statusCode(200).extract().path("id");
    int again = api(customer).body(hold).put(ORDERS).then().statusCode(200).extract().path("id");
    assertThat(again).isEqualTo(first);
    api(customer)
        .get(ORDERS)
        .then()
        .body("", hasSize(1))
        .body("[0].accountId", equalTo((int) customer.accountId()));
    api(fixtures.customer()).get(ORDERS).then().body("", hasSize(0));
    api(fixtures.customer()).delete(ORDERS + "/" + first).then().statusCode(404);
    api(fixtures.customer())
        .body(Map.of("kind", "hold", "accountId", customer.accountId()))
        .put(ORDERS)
        .then()
        .statusCode(404);
    api(customer)
        .body(Map.of("kind", "reroute", "destination", "one.example", "route", "x:25"))
        .put(ORDERS)
        .then()
        .statusCode(403);
    api(customer).delete(ORDERS + "/" + first).then().statusCode(204);
    api(customer).get("/api/v1/queue?state=held").then().body("total", equalTo(0));
  }

  @Test
  void whatHostsAndNamesTheProviderHasStaysItsOwn() {
    var administrator = fixtures.administrator();
    var reroute =
        Map.of(
            "kind", "reroute",
            "accountId", customer.accountId(),
            "destination", "one.example",
            "route", "10.7.7.7:2525",
            "reason", "the other line is down");
    int id =
        api(administrator)
            .body(reroute)
            .put(ORDERS)
            .then()
            .statusCode(200)
            .body("route", equalTo("10.7.7.7:2525"))
            .body("placedBy", equalTo(administrator.login()))
            .extract()
            .path("id");
    api(customer)
        .get(ORDERS)
        .then()
        .body("", hasSize(1))
        .body("[0].kind", equalTo("reroute"))
        .body("[0].reason", equalTo("the other line is down"))
        .body("[0].route", equalTo(""))
        .body("[0].placedBy", equalTo(""));
    api(customer).get("/api/v1/queue").then().body("total", equalTo(3)).body(not(hidden()));
    api(customer)
        .get("/api/v1/audit?search=messages.rerouted")
        .then()
        .body("total", equalTo(1))
        .body("items[0].action", equalTo("messages.rerouted"))
        .body(not(hidden()));
    api(customer)
        .get("/api/v1/audit?search=reroute.placed")
        .then()
        .body("total", equalTo(1))
        .body(not(hidden()));
    api(customer).get("/api/v1/audit?search=10.7.7").then().body("total", equalTo(0));
    api(customer)
        .get("/api/v1/audit?search=" + administrator.login())
        .then()
        .body("total", equalTo(0));
    api(administrator).get("/api/v1/audit?search=10.7.7.7").then().body(hidden());
    api(administrator).get("/api/v1/queue?search=a@one").then().body(hidden());
    api(administrator).delete(ORDERS + "/" + id).then().statusCode(204);
  }

  private static Matcher<String> hidden() {
    return containsString("10.7.7.7");
  }

  @Test
  void theFileLetsInTheLocalAdministratorAndNothingElseDoes() throws Exception {
    var file = Files.readString(Path.of("target/test-cli.json"));
    var token = file.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    given().auth().oauth2(token).get("/api/v1/queue/orders").then().statusCode(200);
    given().auth().oauth2(token + "x").get("/api/v1/queue/orders").then().statusCode(401);
    given().auth().oauth2("prl_").get("/api/v1/queue/orders").then().statusCode(401);
  }
}
