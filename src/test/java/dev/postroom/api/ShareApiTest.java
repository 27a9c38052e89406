package dev.postroom.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.postroom.auth.ApiTokens;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class ShareApiTest {
  @Inject Fixtures fixtures;
  @Inject ApiTokens tokens;

  private Viewer.Person customer;
  private String domain;
  private String shares;

  @BeforeEach
  void twoMailboxes() {
    customer = fixtures.customer();
    var made = fixtures.domain(customer);
    domain = made.name().ascii();
    fixtures.mailbox(made, "info");
    fixtures.mailbox(made, "ben");
    shares = "/api/v1/domains/" + domain + "/mailboxes/info/shares";
  }

  private RequestSpecification as(Viewer.Person person) {
    return given()
        .auth()
        .oauth2(tokens.create(person, person.accountId(), "test").secret())
        .contentType(ContentType.JSON);
  }

  @Test
  void aShareIsPutAgainChangedAndDeleted() {
    var path = shares + "/ben@" + domain;
    as(customer)
        .body("{\"level\": \"file\", \"maySendAs\": true}")
        .put(path)
        .then()
        .statusCode(201)
        .header("Location", endsWith("/shares/ben%40" + domain))
        .body("address", equalTo("ben@" + domain))
        .body("level", equalTo("file"))
        .body("maySendAs", equalTo(true));
    as(customer)
        .body("{\"level\": \"read\"}")
        .put(path)
        .then()
        .statusCode(200)
        .body("level", equalTo("read"))
        .body("maySendAs", equalTo(false));
    as(customer).get(shares).then().statusCode(200).body("level", contains("read"));
    as(customer).get(path).then().statusCode(200).body("address", equalTo("ben@" + domain));
    as(customer).delete(path).then().statusCode(204);
    as(customer).delete(path).then().statusCode(404);
    as(customer).get(path).then().statusCode(404);
  }

  @Test
  void whatCannotBeIsToldByItsField() {
    var path = shares + "/ben@" + domain;
    as(customer).body("{}").put(path).then().statusCode(422).body("field", equalTo("level"));
    as(customer).body("{\"level\": \"READ\"}").put(path).then().statusCode(422);
    as(customer).body("{\"level\": \"read\", \"x\": 1}").put(path).then().statusCode(400);
    as(customer).body("{\"level\": \"read\"}").put(shares + "/no").then().statusCode(404);
    var stranger = fixtures.mailbox(fixtures.domain(), "cho").address();
    as(customer)
        .body("{\"level\": \"read\"}")
        .put(shares + "/" + stranger)
        .then()
        .statusCode(422)
        .body("field", equalTo("guest"));
  }

  @Test
  void othersFindNothing() {
    var path = shares + "/ben@" + domain;
    var other = fixtures.customer();
    as(other).body("{\"level\": \"read\"}").put(path).then().statusCode(404);
    as(other).get(shares).then().statusCode(404);
    as(other).delete(path).then().statusCode(404);
    given().get(shares).then().statusCode(401);
  }
}
