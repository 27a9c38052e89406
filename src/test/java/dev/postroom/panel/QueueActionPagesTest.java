package dev.postroom.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.postroom.browser.People;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import dev.postroom.queue.Outbox;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.QueuedMail;
import dev.postroom.web.PanelClient;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class QueueActionPagesTest {
  @Inject People people;
  @Inject QueuedMail mail;
  @Inject Outbox outbox;

  private Viewer.Person customer;
  private PanelClient client;

  @BeforeEach
  void twoWait() {
    customer = people.customer();
    mail.waits(customer, "anna@q.test", "a@one.example", "b@two.example");
    client = PanelClient.signedIn(customer);
  }

  @Test
  void idsThatAreNoneMeanNothingAndNotAll() {
    for (var ids : new String[] {"x", ",", "1x,-2", "1234567890123456789"}) {
      client.get("/queue/drop?ids=" + ids).then().statusCode(404);
      client.post("/queue", "/queue/drop", "ids", ids).then().statusCode(404);
      client.post("/queue", "/queue/act", "id", ids, "do", "hold").then().statusCode(404);
    }
    assertThat(outbox.list(customer, PageRequest.first(5)).items())
        .hasSize(2)
        .noneMatch(message -> message.heldBy() > 0);
  }

  @Test
  void whatWasTickedIsDroppedAndNothingElse() {
    var first = outbox.list(customer, PageRequest.first(5)).items().getFirst();
    client
        .get("/queue/drop?ids=" + first.id() + ",x")
        .then()
        .statusCode(200)
        .body(containsString("a@one.example"));
    client.post("/queue", "/queue/drop", "ids", first.id() + ",x").then().statusCode(303);
    assertThat(outbox.list(customer, PageRequest.first(5)).items())
        .singleElement()
        .satisfies(left -> assertThat(left.recipient()).hasToString("b@two.example"));
  }
}
