package dev.postroom.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.postroom.auth.ApiTokens;
import dev.postroom.auth.LoginResult;
import dev.postroom.auth.Logins;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Together;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a hosting system does with the API, from the account to the mailbox. */
@PostroomTest
class ProvisioningTest {
  private static final String V1 = "/api/v1";

  @Inject Fixtures fixtures;
  @Inject ApiTokens tokens;
  @Inject Logins logins;

  private Viewer.Person reseller;
  private Viewer.Person customer;
  private String domain;

  @BeforeEach
  void aDomain() {
    reseller = fixtures.reseller();
    customer = fixtures.customerOf(reseller);
    domain = fixtures.domain(customer).name().ascii();
  }

  private RequestSpecification as(Viewer.Person person) {
    return given()
        .auth()
        .oauth2(tokens.create(person, person.accountId(), "test").secret())
        .contentType(ContentType.JSON);
  }

  private ValidatableResponse put(Viewer.Person person, String path, String json) {
    return as(person).body(json).put(V1 + path).then();
  }

  private ValidatableResponse post(Viewer.Person person, String path, String json) {
    return as(person).body(json).post(V1 + path).then();
  }

  private ValidatableResponse get(Viewer.Person person, String path) {
    return as(person).get(V1 + path).then();
  }

  private static void isProblem(ValidatableResponse response, int status, String type) {
    response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:postroom:problem:" + type))
        .body("status", equalTo(status));
  }

  @Test
  void aResellerProvisionsACustomerFromNothing() {
    long plan =
        post(reseller, "/plans", "{\"name\": \"Basic\", \"limits\": {\"mailboxes\": 1}}")
            .statusCode(201)
            .body("limits.mailboxes", equalTo(1))
            .body("limits.domains", nullValue())
            .extract()
            .jsonPath()
            .getLong("id");
    var login = fixtures.unique("shop");
    var location =
        post(
                reseller,
                "/accounts",
                "{\"login\": \"%s\", \"name\": \"Shop\", \"planId\": %d, \"password\": \"%s\"}"
                    .formatted(login, plan, Fixtures.PASSWORD))
            .statusCode(201)
            .body("role", equalTo("customer"))
            .body("parentId", equalTo((int) reseller.accountId()))
            .body("planName", equalTo("Basic"))
            .extract()
            .header("Location");
    assertThat(logins.account(login, Fixtures.PASSWORD, InetAddress.getLoopbackAddress()))
        .isInstanceOf(LoginResult.Welcome.class);

    var id = location.substring(location.lastIndexOf('/') + 1);
    var name = fixtures.unique("shop") + ".test";
    post(reseller, "/domains", "{\"name\": \"%s\", \"accountId\": %s}".formatted(name, id))
        .statusCode(201)
        .header("Location", endsWith(V1 + "/domains/" + name))
        .body("control", equalTo("vouched"))
        .body("account", equalTo(login));
    put(
            reseller,
            "/domains/" + name + "/mailboxes/ann",
            "{\"password\": \"" + Fixtures.PASSWORD + "\"}")
        .statusCode(201);
    isProblem(put(reseller, "/domains/" + name + "/mailboxes/ben", "{}"), 409, "limit");
    get(reseller, "/accounts/" + id + "/use")
        .statusCode(200)
        .body("limits.mailboxes", equalTo(1))
        .body("mailboxes", equalTo(1))
        .body("domains", equalTo(1));
  }

  @Test
  void aMailboxIsPutAgainWithoutChange() {
    var path = "/domains/" + domain + "/mailboxes/ann";
    var body =
        "{\"displayName\": \"Ann\", \"quotaOctets\": 5000000, \"password\": \"%s\"}"
            .formatted(Fixtures.PASSWORD);
    var created =
        put(customer, path, body)
            .statusCode(201)
            .header("Location", endsWith(V1 + path))
            .body("address", equalTo("ann@" + domain))
            .body("usedOctets", equalTo(0))
            .body("messages", equalTo(0))
            .body("password", nullValue())
            .extract()
            .asString();
    assertThat(put(customer, path, body).statusCode(200).extract().asString()).isEqualTo(created);
    assertThat(get(customer, path).statusCode(200).extract().asString()).isEqualTo(created);
    put(customer, "/domains/" + domain + "/mailboxes/ANN", body).statusCode(200);
    get(customer, "/domains/" + domain + "/mailboxes").body("total", equalTo(1));
    assertThat(
            logins.mailbox(
                "ann@" + domain, Fixtures.PASSWORD, InetAddress.getLoopbackAddress(), "test"))
        .isInstanceOf(LoginResult.Welcome.class);
  }

  @Test
  void putReplacesAndPatchChanges() {
    var path = "/domains/" + domain + "/mailboxes/ann";
    put(customer, path, "{\"displayName\": \"Ann\", \"quotaOctets\": 5000}").statusCode(201);
    as(customer)
        .body("{\"quotaOctets\": 6000}")
        .patch(V1 + path)
        .then()
        .statusCode(200)
        .body("displayName", equalTo("Ann"))
        .body("quotaOctets", equalTo(6000));
    put(customer, path, "{}")
        .statusCode(200)
        .body("displayName", equalTo(""))
        .body("quotaOctets", equalTo(1 << 30));
  }

  @Test
  void fiftyPutsOfOneMailboxAtOnceMakeOneMailbox() {
    var path = V1 + "/domains/" + domain + "/mailboxes/ann";
    var api = as(customer).body("{\"password\": \"" + Fixtures.PASSWORD + "\"}");
    var statuses = Together.run(50, _ -> given().spec(api).put(path).statusCode());
    assertThat(statuses).containsOnly(200, 201);
    assertThat(statuses).filteredOn(status -> status.equals(201)).hasSize(1);
    get(customer, "/domains/" + domain + "/mailboxes").body("total", equalTo(1));
  }

  @Test
  void fiftyPutsOfOneForwarderAtOnceMakeOneForwarder() {
    var path = V1 + "/domains/" + domain + "/forwarders/sales";
    var api = as(customer).body("{\"targets\": [\"x@example.net\", \"y@example.net\"]}");
    var statuses = Together.run(50, _ -> given().spec(api).put(path).statusCode());
    assertThat(statuses).containsOnly(200, 201);
    get(customer, "/domains/" + domain + "/forwarders/sales")
        .body("targets", contains("x@example.net", "y@example.net"));
  }

  @Test
  void putsAndDeletesOfOneMailboxAtOnceEndInOneOfBothStates() {
    var path = V1 + "/domains/" + domain + "/mailboxes/ann";
    var api = as(customer).body("{}");
    var statuses =
        Together.run(
            40,
            i ->
                i % 2 == 0
                    ? given().spec(api).put(path).statusCode()
                    : given().spec(api).delete(path).statusCode());
    assertThat(statuses).containsAnyOf(200, 201).doesNotContain(500, 409);
    assertThat(get(customer, "/domains/" + domain + "/mailboxes/ann").extract().statusCode())
        .isIn(200, 404);
  }

  @Test
  void createsSideBySideDoNotPassTheLimit() {
    var limited = fixtures.customer(new PlanLimits(-1, 7, -1, -1, -1, -1, -1));
    var name = fixtures.domain(limited).name().ascii();
    var api = as(limited).body("{}");
    var statuses =
        Together.run(
            30,
            i ->
                given().spec(api).put(V1 + "/domains/" + name + "/mailboxes/box" + i).statusCode());
    var counted = statuses.stream().collect(Collectors.groupingBy(it -> it, Collectors.counting()));
    assertThat(counted).isEqualTo(Map.of(201, 7L, 409, 23L));
    get(limited, "/domains/" + name + "/mailboxes").body("total", equalTo(7));
  }

  @Test
  void aDomainOfACustomerWaitsForProof() {
    var name = fixtures.unique("bücher") + ".test";
    var created =
        post(customer, "/domains", "{\"name\": \"" + name + "\"}")
            .statusCode(201)
            .body("control", equalTo("unproven"))
            .body("unicodeName", equalTo(name))
            .extract()
            .jsonPath();
    var ascii = created.getString("name");
    assertThat(created.getString("controlRecord.name")).isEqualTo("_postroom." + ascii);
    assertThat(created.getString("controlRecord.value")).startsWith("postroom-verification=");
    isProblem(put(customer, "/domains/" + ascii + "/vouch", ""), 403, "forbidden");
    post(customer, "/domains/" + name + "/control-check", "")
        .statusCode(200)
        .body("result", not(equalTo("proven")))
        .body("domain.control", equalTo("unproven"));
    put(reseller, "/domains/" + name + "/vouch", "")
        .statusCode(200)
        .body("control", equalTo("vouched"));
    isProblem(post(customer, "/domains", "{\"name\": \"" + ascii + "\"}"), 409, "conflict");
    as(customer).delete(V1 + "/domains/" + name).then().statusCode(204);
    isProblem(get(customer, "/domains/" + name), 404, "not-found");
  }

  @Test
  void aCatchAllAndASuspensionArePutOnADomain() {
    put(customer, "/domains/" + domain + "/catch-all", "{\"target\": \"x@example.net\"}")
        .statusCode(200)
        .body("catchAll", equalTo("x@example.net"));
    put(customer, "/domains/" + domain + "/catch-all", "{\"target\": null}")
        .statusCode(200)
        .body("catchAll", nullValue());
    isProblem(
        put(customer, "/domains/" + domain + "/catch-all", "{\"target\": \"x\"}")
            .body("field", equalTo("target")),
        422,
        "invalid");
    put(reseller, "/domains/" + domain + "/suspension", "{\"login\": true, \"reason\": \"x\"}")
        .statusCode(200)
        .body("suspension.login", equalTo(true))
        .body("suspension.sending", equalTo(false))
        .body("suspension.reason", equalTo("x"));
    isProblem(put(customer, "/domains/" + domain + "/suspension", "{}"), 403, "forbidden");
    put(reseller, "/domains/" + domain + "/suspension", "{}")
        .statusCode(200)
        .body("suspension.login", equalTo(false));
  }

  @Test
  void aForwarderIsPutReadAndRemoved() {
    var path = "/domains/" + domain + "/forwarders/all";
    put(customer, path, "{\"targets\": [\"b@example.net\", \"B@example.net\", \"a@x.test\"]}")
        .statusCode(201)
        .body("targets", contains("b@example.net", "a@x.test"));
    as(customer)
        .body("{\"targets\": [\"c@example.net\"]}")
        .patch(V1 + path)
        .then()
        .statusCode(200)
        .body("targets", contains("c@example.net"))
        .body("keepCopy", equalTo(false));
    for (var wrong :
        List.of("{}", "{\"targets\": []}", "{\"targets\": [null]}", "{\"targets\": [\"x\"]}")) {
      isProblem(put(customer, path, wrong).body("field", equalTo("targets")), 422, "invalid");
    }
    isProblem(
        put(customer, path, "{\"targets\": [\"c@example.net\"], \"keepCopy\": true}")
            .body("field", equalTo("keepCopy")),
        422,
        "invalid");
    get(customer, "/domains/" + domain + "/forwarders").body("items", hasSize(1));
    as(customer).delete(V1 + path).then().statusCode(204);
    isProblem(as(customer).delete(V1 + path).then(), 404, "not-found");
  }

  @Test
  void aMailboxIsSuspendedGivenAPasswordAndRemoved() {
    var path = "/domains/" + domain + "/mailboxes/o'brien";
    put(customer, path, "{}").statusCode(201).header("Location", endsWith("/o%27brien"));
    put(customer, path + "/suspension", "{\"sending\": true}")
        .statusCode(200)
        .body("suspension.sending", equalTo(true))
        .body("effectiveSuspension.sending", equalTo(true));
    isProblem(
        put(customer, path + "/password", "{\"password\": \"short\"}")
            .body("field", equalTo("password")),
        422,
        "invalid");
    put(customer, path + "/password", "{\"password\": \"" + Fixtures.PASSWORD + "\"}")
        .statusCode(204);
    as(customer).delete(V1 + path).then().statusCode(204);
    isProblem(get(customer, path), 404, "not-found");
  }

  @Test
  void badLocalPartsAreExplained() {
    for (var local : List.of("a%25b", "a%20b", ".a", "b%C3%BCcher")) {
      isProblem(
          as(customer)
              .urlEncodingEnabled(false)
              .body("{}")
              .put(V1 + "/domains/" + domain + "/mailboxes/" + local)
              .then()
              .body("field", equalTo("localPart")),
          422,
          "invalid");
    }
  }

  @Test
  void strangersSeeNothing() {
    put(customer, "/domains/" + domain + "/mailboxes/ann", "{}").statusCode(201);
    var stranger = fixtures.customer();
    for (var path :
        List.of(
            "/domains/" + domain,
            "/domains/" + domain + "/mailboxes",
            "/domains/" + domain + "/mailboxes/ann",
            "/domains/" + domain + "/forwarders",
            "/accounts/" + customer.accountId(),
            "/accounts/" + customer.accountId() + "/use",
            "/accounts/" + customer.accountId() + "/tokens")) {
      isProblem(get(stranger, path), 404, "not-found");
    }
    isProblem(put(stranger, "/domains/" + domain + "/mailboxes/ann", "{}"), 404, "not-found");
    get(stranger, "/domains").body("total", equalTo(0));
  }

  @Test
  void anAccountIsChangedAndRemoved() {
    var path = "/accounts/" + customer.accountId();
    long plan =
        post(reseller, "/plans", "{\"name\": \"P\", \"limits\": {}}")
            .statusCode(201)
            .extract()
            .jsonPath()
            .getLong("id");
    patch(path, "{\"planId\": " + plan + "}").statusCode(200).body("planName", equalTo("P"));
    patch(path, "{\"name\": \"New\"}")
        .statusCode(200)
        .body("name", equalTo("New"))
        .body("planName", equalTo("P"));
    isProblem(as(reseller).delete(V1 + "/plans/" + plan).then(), 409, "conflict");
    patch(path, "{\"planId\": null}").statusCode(200).body("planId", nullValue());
    isProblem(patch(path, "{\"planId\": \"x\"}"), 422, "invalid");
    as(reseller).delete(V1 + "/plans/" + plan).then().statusCode(204);
    put(reseller, path + "/suspension", "{\"login\": true}")
        .statusCode(200)
        .body("suspension.login", equalTo(true));
    as(reseller).delete(V1 + path).then().statusCode(204);
    isProblem(get(reseller, "/domains/" + domain), 404, "not-found");
  }

  private ValidatableResponse patch(String path, String json) {
    return as(reseller).body(json).patch(V1 + path).then();
  }

  @Test
  void aTokenIsShownOnceAndRevoked() {
    var path = "/accounts/" + customer.accountId() + "/tokens";
    var created =
        post(customer, path, "{\"label\": \"deploy\"}").statusCode(201).extract().jsonPath();
    given()
        .auth()
        .oauth2(created.getString("token"))
        .get(V1 + "/me")
        .then()
        .statusCode(200)
        .body("login", equalTo(customer.login()));
    get(customer, path)
        .body("label", hasItem("deploy"))
        .body("token", not(hasItem(created.getString("token"))));
    var one = path + "/" + created.getLong("id");
    get(customer, one).statusCode(200).body("token", nullValue());
    isProblem(
        get(reseller, "/accounts/" + reseller.accountId() + "/tokens/" + created.getLong("id")),
        404,
        "not-found");
    as(customer).delete(V1 + one).then().statusCode(204);
    isProblem(get(customer, one), 404, "not-found");
  }

  @Test
  void theQueueIsListed() {
    get(customer, "/queue").statusCode(200).body("total", equalTo(0)).body("items", hasSize(0));
  }

  @Test
  void listsAreSearchedAndPaged() {
    for (int i = 0; i < 5; i++) {
      put(customer, "/domains/" + domain + "/mailboxes/box" + i, "{}").statusCode(201);
    }
    get(customer, "/domains/" + domain + "/mailboxes?page=2&pageSize=2")
        .statusCode(200)
        .body("total", equalTo(5))
        .body("page", equalTo(2))
        .body("pageSize", equalTo(2))
        .body("items.address", contains("box2@" + domain, "box3@" + domain));
    get(customer, "/domains/" + domain + "/mailboxes?search=BOX4")
        .body("items.address", contains("box4@" + domain));
  }
}
