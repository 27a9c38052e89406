package dev.postroom.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.postroom.auth.ApiTokens;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens, errors and the document: what holds for every resource. */
@PostroomTest
class ApiBasicsTest {
  private static final String PROBLEM = "application/problem+json";

  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  @Inject Fixtures fixtures;
  @Inject ApiTokens tokens;
  @Inject Accounts accounts;

  private Viewer.Person customer;
  private ApiTokens.Created token;

  @BeforeEach
  void aToken() {
    customer = fixtures.customer();
    token = tokens.create(customer, customer.accountId(), "test");
  }

  private RequestSpecification api() {
    return given().auth().oauth2(token.secret()).contentType(ContentType.JSON);
  }

  @Test
  void aTokenSaysWhoCalls() {
    api()
        .get("/api/v1/me")
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("login", equalTo(customer.login()))
        .body("role", equalTo("customer"));
    assertThat(tokens.list(customer, customer.accountId()).getFirst().lastUsedAt()).isNotNull();
  }

  @Test
  void withoutATokenThereIsNoAnswerButTheWayToAskForOne() {
    given()
        .get("/api/v1/domains")
        .then()
        .statusCode(401)
        .contentType(PROBLEM)
        .header("WWW-Authenticate", equalTo("Bearer realm=\"postroom\""))
        .body("type", equalTo("urn:postroom:problem:unauthorized"))
        .body("status", equalTo(401));
  }

  @Test
  void aTokenThatIsNobodysIsRefused() {
    given()
        .auth()
        .oauth2("pr_" + "x".repeat(43))
        .get("/api/v1/domains")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", containsString("invalid_token"));
  }

  @Test
  void aRevokedTokenIsRefusedAtOnce() {
    api().get("/api/v1/me").then().statusCode(200);
    tokens.revoke(customer, token.token().id());
    api().get("/api/v1/me").then().statusCode(401);
  }

  @Test
  void aSuspendedAccountsTokenIsRefused() {
    accounts.suspend(
        Viewer.SERVER, customer.accountId(), new Suspension(true, false, false, "unpaid"));
    api().get("/api/v1/me").then().statusCode(401);
  }

  @Test
  void malformedJsonIsMalformed() {
    api()
        .body("{\"name\": ")
        .post("/api/v1/domains")
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("type", equalTo("urn:postroom:problem:malformed"));
  }

  @Test
  void anEmptyBodyIsMalformed() {
    api().post("/api/v1/domains").then().statusCode(400).contentType(PROBLEM);
  }

  @Test
  void aMisspeltFieldIsNamed() {
    api()
        .body("{\"name\": \"x.test\", \"acountId\": 3}")
        .post("/api/v1/domains")
        .then()
        .statusCode(400)
        .contentType(PROBLEM)
        .body("field", equalTo("acountId"))
        .body("detail", containsString("acountId"));
  }

  @Test
  void aValueOfTheWrongTypeIsNamed() {
    for (var wrong : new String[] {"\"3\"", "3.5", "[3]", "true"}) {
      api()
          .body("{\"name\": \"x.test\", \"accountId\": " + wrong + "}")
          .post("/api/v1/domains")
          .then()
          .statusCode(400)
          .contentType(PROBLEM)
          .body("field", equalTo("accountId"));
    }
  }

  @Test
  void aBodyOfAnotherTypeIsRefused() {
    given()
        .auth()
        .oauth2(token.secret())
        .contentType("application/x-www-form-urlencoded")
        .body("name=x.test")
        .post("/api/v1/domains")
        .then()
        .statusCode(415)
        .contentType(PROBLEM);
  }

  @Test
  void aPathThatIsNotThereIsNotFoundInJson() {
    api().get("/api/v1/nothing").then().statusCode(404).contentType(PROBLEM);
    api().get("/api/v1/accounts/abc").then().statusCode(404).contentType(PROBLEM);
    api().get("/api/v1/domains/no..domain").then().statusCode(404).contentType(PROBLEM);
  }

  @Test
  void aMethodThatIsNotThereIsNamedSo() {
    api().delete("/api/v1/me").then().statusCode(405).contentType(PROBLEM);
  }

  @Test
  void aPageThatCannotBeIsInvalid() {
    for (var query : new String[] {"page=0", "page=x", "pageSize=501", "pageSize=-1"}) {
      api()
          .get("/api/v1/domains?" + query)
          .then()
          .statusCode(422)
          .body("field", startsWith("page"));
    }
    api()
        .get("/api/v1/domains?page=2147483647&pageSize=500")
        .then()
        .statusCode(200)
        .body("items", equalTo(List.of()));
  }

  @Test
  void everyPathStandsInTheDocumentation() throws IOException {
    var page = Files.readString(Path.of("docs/api.md"));
    var document = given().accept("application/json").get("/q/openapi").jsonPath();
    var written = new TreeSet<String>();
    var served = new TreeSet<String>();
    page.lines()
        .map(Pattern.compile("\\| `(/\\S*)` \\| ([A-Z, ]+) \\|.*")::matcher)
        .filter(Matcher::matches)
        .forEach(
            row ->
                Arrays.stream(row.group(2).split(", "))
                    .forEach(method -> written.add(row.group(1) + " " + method)));
    document
        .<String, Map<String, Object>>getMap("paths")
        .forEach(
            (path, operations) ->
                operations.keySet().stream()
                    .filter(key -> METHODS.contains(key))
                    .forEach(
                        method ->
                            served.add(
                                path.replace("/api/v1", "")
                                    + " "
                                    + method.toUpperCase(Locale.ROOT))));
    assertThat(written).isEqualTo(served);
  }

  @Test
  void theDocumentDescribesTheApiAndNothingElse() {
    var document =
        given().accept("application/json").get("/q/openapi").then().statusCode(200).extract();
    var paths = document.jsonPath().getMap("paths").keySet();
    assertThat(paths)
        .contains(
            "/api/v1/me",
            "/api/v1/accounts/{id}",
            "/api/v1/domains/{domain}/mailboxes/{local}",
            "/api/v1/domains/{domain}/control-check")
        .allSatisfy(path -> assertThat(path.toString()).startsWith("/api/v1/"));
    document
        .response()
        .then()
        .body("components.securitySchemes.token.scheme", equalTo("bearer"))
        .body(
            "paths.'/api/v1/domains'.post.responses.default.content.'application/problem+json'"
                + ".schema.'$ref'",
            equalTo("#/components/schemas/Problem"))
        .body("paths.'/api/v1/domains'.post.summary", not(nullValue()))
        .body("paths.'/api/v1/domains'.post.responses.keySet()", hasItem("201"));
  }
}
