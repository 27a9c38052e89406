package dev.postroom.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.postroom.auth.ApiTokens;
import dev.postroom.auth.LoginResult;
import dev.postroom.auth.Logins;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@PostroomTest
class DatabaseAwayTest {
  @Inject Fixtures fixtures;
  @Inject ApiTokens tokens;
  @Inject Logins logins;

  @Test
  void theApiSaysSoAndGoesOnWhenItIsBack() throws Exception {
    var customer = fixtures.customer();
    var token = tokens.create(customer, customer.accountId(), "test").secret();
    var api = given().auth().oauth2(token);
    given().spec(api).get("/api/v1/domains").then().statusCode(200);
    PostroomServer.database().kill();
    try {
      for (int i = 0; i < 2; i++) {
        given()
            .spec(api)
            .get("/api/v1/domains")
            .then()
            .statusCode(503)
            .contentType("application/problem+json")
            .header("Retry-After", notNullValue())
            .body("type", equalTo("urn:postroom:problem:unavailable"));
      }
    } finally {
      PostroomServer.database().launch();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> given().spec(api).get("/api/v1/domains").statusCode() == 200);
  }

  @Test
  void aLoginIsNeitherGoodNorBadAndNotCounted() throws Exception {
    var ann = fixtures.mailbox(fixtures.domain(), "ann").address().toString();
    var from = InetAddress.getByAddress(new byte[] {(byte) 198, 18, (byte) 250, 1});
    PostroomServer.database().kill();
    try {
      for (int i = 0; i < 2; i++) {
        assertThat(outcome(ann, from))
            .as("an exception, not an answer")
            .isInstanceOf(Exception.class);
      }
    } finally {
      PostroomServer.database().launch();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> outcome(ann, from) instanceof LoginResult.Welcome);
  }

  private Object outcome(String address, InetAddress from) {
    try {
      return logins.mailbox(address, Fixtures.PASSWORD, from, "test");
    } catch (RuntimeException away) {
      return away;
    }
  }
}
