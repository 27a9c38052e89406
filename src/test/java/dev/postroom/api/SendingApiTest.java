package dev.postroom.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.postroom.auth.ApiTokens;
import dev.postroom.directory.PlanLimits;
import dev.postroom.directory.SendingLimits;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@PostroomTest
class SendingApiTest {
  private static final String SENDING = "/api/v1/sending/";

  @Inject Fixtures fixtures;
  @Inject ApiTokens tokens;

  private RequestSpecification as(Viewer.Person person) {
    var token = tokens.create(Viewer.SERVER, person.accountId(), "test").secret();
    return given().auth().oauth2(token).contentType(ContentType.JSON);
  }

  @Test
  void limitsAreShownAndSet() {
    var plan = PlanLimits.NONE.withSending(SendingLimits.NONE, new SendingLimits(100, -1, -1, 500));
    var customer = fixtures.customer(plan);
    var domain = fixtures.domain(customer);
    var ann = fixtures.mailbox(domain, "ann").address();
    as(customer)
        .get(SENDING + "mailboxes/" + ann)
        .then()
        .statusCode(200)
        .body("limits.messagesPerHour", equalTo(100))
        .body("limits.messagesPerDay", nullValue())
        .body("plan.recipientsPerDay", equalTo(500))
        .body("set.messagesPerHour", nullValue())
        .body("used.messagesThisHour", equalTo(0))
        .body("mayChange", equalTo(true));
    as(customer)
        .body("{\"messagesPerHour\": 7}")
        .put(SENDING + "mailboxes/" + ann)
        .then()
        .statusCode(200)
        .body("limits.messagesPerHour", equalTo(7))
        .body("limits.recipientsPerDay", equalTo(500));
    as(customer)
        .body("{\"messagesPerHour\": 101}")
        .put(SENDING + "mailboxes/" + ann)
        .then()
        .statusCode(409)
        .body("field", equalTo("messagesPerHour"));
    as(customer)
        .body("{\"messagesPerHour\": -1}")
        .put(SENDING + "domains/" + domain.name().ascii())
        .then()
        .statusCode(422);
    as(customer)
        .body("{\"messagesPerHour\": 5}")
        .put(SENDING + "accounts/" + customer.accountId())
        .then()
        .statusCode(403);
    as(fixtures.administrator())
        .body("{\"messagesPerHour\": 5}")
        .put(SENDING + "accounts/" + customer.accountId())
        .then()
        .statusCode(200)
        .body("limits.messagesPerHour", equalTo(5));
    as(fixtures.customer()).get(SENDING + "mailboxes/" + ann).then().statusCode(404);
  }
}
