package dev.postroom.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.postroom.auth.ApiTokens;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class BulkApiTest {
  private static final String V1 = "/api/v1";

  @Inject Fixtures fixtures;
  @Inject ApiTokens tokens;

  private Viewer.Person customer;
  private String from;

  @BeforeEach
  void aMailbox() {
    customer = fixtures.customer();
    from = fixtures.mailbox(fixtures.domain(customer), "news").address().toString();
  }

  private RequestSpecification as(Viewer.Person person) {
    var token = tokens.create(person, person.accountId(), "test").secret();
    return given().auth().oauth2(token).contentType(ContentType.JSON);
  }

  private String job(String recipients) {
    return "{\"from\": \"%s\", \"subject\": \"Hi\", \"text\": \"Hello\", \"recipients\": [%s]}"
        .formatted(from, recipients);
  }

  @Test
  void aHundredThousandRecipientsAreAcceptedInSeconds() {
    var many =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "\"reader%d@host%d.example\"".formatted(i, i % 200))
            .collect(Collectors.joining(","));
    long began = System.nanoTime();
    as(customer)
        .body(job(many))
        .put(V1 + "/bulk/newsletter-7")
        .then()
        .statusCode(201)
        .body("recipients", equalTo(100_000))
        .body("progress.waiting", equalTo(100_000))
        .body("state", equalTo("running"));
    var took = Duration.ofNanos(System.nanoTime() - began);
    System.out.println("100,000 recipients accepted in " + took.toMillis() + " ms");
    assertThat(took).isLessThan(Duration.ofSeconds(30));
    as(customer)
        .body("{\"state\": \"cancelled\"}")
        .put(V1 + "/bulk/newsletter-7/state")
        .then()
        .statusCode(200)
        .body("progress.cancelled", equalTo(100_000));
  }

  @Test
  void aJobIsShownAndChanged() {
    as(customer).body(job("\"a@x.example\"")).put(V1 + "/bulk/one").then().statusCode(201);
    as(customer).body(job("\"a@x.example\"")).put(V1 + "/bulk/one").then().statusCode(200);
    as(customer).body(job("\"b@x.example\"")).put(V1 + "/bulk/one").then().statusCode(409);
    as(customer)
        .body("{\"state\": \"paused\"}")
        .put(V1 + "/bulk/one/state")
        .then()
        .statusCode(200)
        .body("state", equalTo("paused"));
    as(customer).get(V1 + "/bulk").then().body("items[0].id", equalTo("one"));
    as(customer)
        .get(V1 + "/bulk/one/recipients?state=waiting")
        .then()
        .body("items[0].address", equalTo("a@x.example"));
    as(customer).get(V1 + "/bulk/one/recipients?state=x").then().statusCode(422);
    as(customer).get(V1 + "/bulk/two").then().statusCode(404);
    as(fixtures.customer())
        .get(V1 + "/bulk/one?account=" + customer.accountId())
        .then()
        .statusCode(404);
    as(fixtures.administrator())
        .get(V1 + "/bulk/one?account=" + customer.accountId())
        .then()
        .statusCode(200);
  }

  @Test
  void whatIsWrongIsSaid() {
    as(customer)
        .body(job("\"a@x.example\", \"nonsense\""))
        .put(V1 + "/bulk/bad")
        .then()
        .statusCode(422)
        .body("field", equalTo("recipients"));
    as(customer).body(job("")).put(V1 + "/bulk/bad").then().statusCode(422);
    as(customer)
        .body("{\"from\": \"%s\", \"recipients\": [\"a@x.example\"]}".formatted(from))
        .put(V1 + "/bulk/bad")
        .then()
        .statusCode(422)
        .body("field", equalTo("subject"));
    as(customer)
        .body(
            "{\"from\": \"%s\", \"message\": \"From: <pope@vatican.example>\\n\\nx\","
                    .formatted(from)
                + " \"recipients\": [\"a@x.example\"]}")
        .put(V1 + "/bulk/bad")
        .then()
        .statusCode(422)
        .body("field", equalTo("message"))
        .body("detail", startsWith("The From header field says"));
  }

  @Test
  void theListIsFilledAndEmptied() {
    var path = V1 + "/accounts/" + customer.accountId() + "/suppressions";
    as(customer)
        .body("{\"addresses\": [\"A@x.example\", \"b@x.example\"], \"detail\": \"moved\"}")
        .post(path)
        .then()
        .statusCode(204);
    as(customer)
        .get(path + "?search=a@x")
        .then()
        .body("total", equalTo(1))
        .body("items[0].address", equalTo("a@x.example"))
        .body("items[0].reason", equalTo("by-hand"));
    as(customer).delete(path + "/a@x.example").then().statusCode(204);
    as(customer).delete(path + "/a@x.example").then().statusCode(404);
    as(fixtures.customer()).get(path).then().statusCode(404);
  }
}
