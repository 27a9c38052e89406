package dev.postroom.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.postroom.auth.ApiTokens;
import dev.postroom.directory.Viewer;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.trace.Origin;
import dev.postroom.trace.Step;
import dev.postroom.trace.Trace;
import dev.postroom.trace.Trails;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;

@PostroomTest
class TraceApiTest {
  @Inject Fixtures fixtures;
  @Inject ApiTokens tokens;
  @Inject Trace trace;
  @Inject Trails trails;

  private ValidatableResponse get(Viewer.Person caller, String path) {
    return given()
        .header("Authorization", "Bearer " + token(caller))
        .get("/api/v1/trace" + path)
        .then();
  }

  private String token(Viewer.Person caller) {
    return tokens.create(caller, caller.accountId(), "test").secret();
  }

  private TraceId refused(MailAddress recipient) {
    var id = TraceId.next(Clock.systemUTC(), new Random());
    var origin =
        new Origin("smtp", "192.0.2.9", "there.test", "", null, ReversePath.parse("me@there.test"));
    trace.record(trace.begin(id).from(origin).add(recipient, new Step.Refused("550 5.1.1 no")));
    await().until(() -> trails.story(Viewer.SERVER, id, "").isPresent());
    return id;
  }

  @Test
  void aCallerFindsItsOwnMessagesAndTheirStories() {
    var owner = fixtures.customer();
    var recipient = new MailAddress("ann", fixtures.domain(owner).name());
    var id = refused(recipient);
    get(owner, "?outcome=refused&sender=there.test")
        .statusCode(200)
        .body("items.recipient", contains(recipient.toString()))
        .body("items.outcome", contains("refused"))
        .body("next", nullValue());
    get(owner, "/" + id)
        .statusCode(200)
        .body("origin.client", equalTo("192.0.2.9"))
        .body("events.kind", contains("refused"))
        .body("events.words", contains("550 5.1.1 no"));
    var stranger = fixtures.customer();
    get(stranger, "").statusCode(200).body("items", hasSize(0));
    get(stranger, "/" + id).statusCode(404);
  }

  @Test
  void whatCannotBeAskedIsSaid() {
    var caller = fixtures.customer();
    get(caller, "?outcome=eaten").statusCode(422).body("field", equalTo("outcome"));
    get(caller, "?from=yesterday").statusCode(422).body("field", equalTo("from"));
    get(caller, "?sender=no+address").statusCode(422).body("field", equalTo("sender"));
    get(caller, "?limit=501").statusCode(422).body("field", equalTo("limit"));
    get(caller, "/nonsense").statusCode(404);
    given().get("/api/v1/trace").then().statusCode(401);
  }
}
