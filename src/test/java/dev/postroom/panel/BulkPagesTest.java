package dev.postroom.panel;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.postroom.browser.People;
import dev.postroom.bulk.BulkRequest;
import dev.postroom.bulk.BulkSubmission;
import dev.postroom.mail.MailAddress;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.web.PanelClient;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@PostroomTest
class BulkPagesTest {
  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject BulkSubmission submission;

  @Test
  void aJobIsShownPausedResumedAndCancelled() {
    var customer = people.customer();
    var from = fixtures.mailbox(fixtures.domain(customer), "news").address();
    var to = List.of(MailAddress.parse("a@x.example"), MailAddress.parse("b@x.example"));
    var request = new BulkRequest("spring", from, null, "<Spring> news", "Hello", "", to, null);
    var client = PanelClient.signedIn(customer);
    client.get("/bulk").then().body(containsString("No bulk mail yet"));
    var page = "/bulk/" + submission.submit(customer, request).job().id();
    client
        .get("/bulk")
        .then()
        .body(containsString("&lt;Spring&gt; news"))
        .body(containsString("0 of 2"));
    client.get(page + "?state=waiting").then().body(containsString("a@x.example"));
    client.post(page, page + "/pause").then().statusCode(303);
    client.get(page).then().body(containsString("Paused"));
    client.post(page, page + "/resume").then().statusCode(303);
    client.get(page).then().body(containsString("Sending"));
    client.post(page, page + "/cancel").then().statusCode(303);
    client.get(page).then().body(containsString("2 of 2")).body(not(containsString("/resume")));
    client.get(page + "?state=elephant").then().statusCode(404);
    PanelClient.signedIn(people.customer()).get(page).then().statusCode(404);
  }

  @Test
  void theListIsFilledExportedAndEmptied() {
    var client = PanelClient.signedIn(people.customer());
    var here = "/suppressions";
    client.get(here).then().body(containsString("Nobody is on the list"));
    client
        .submit(here, "addresses", "a@x.example\r\nb@x.example", "detail", "=cmd()")
        .then()
        .statusCode(303);
    client.submit(here, "addresses", "nonsense", "detail", "").then().statusCode(422);
    client.get(here + "?q=b@x").then().body(not(containsString("a@x.example")));
    client
        .get(here + "/export.csv")
        .then()
        .body(containsString("\"a@x.example\",BY_HAND,"))
        .body(containsString("\"'=cmd()\""));
    client.post(here, here + "/remove", "address", "a@x.example").then().statusCode(303);
    client.get(here).then().body(not(containsString("a@x.example<")));
  }
}
