package dev.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.oneOf;

import dev.postroom.browser.People;
import dev.postroom.directory.Domains;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class FormTokenTest {
  @Inject People people;
  @Inject Fixtures fixtures;
  @Inject Domains domains;

  private Viewer.Person person;
  private PanelClient client;
  private String token;

  @BeforeEach
  void signIn() {
    person = people.customer();
    client = PanelClient.signedIn(person);
    token = tokenOn(client, "/domains/new");
  }

  private static String tokenOn(PanelClient client, String page) {
    return client
        .get(page)
        .asString()
        .replaceAll("(?s).*?name=\"form-token\" value=\"([^\"]+)\".*", "$1");
  }

  private void nothingWasAdded() {
    assertThat(domains.list(person, PageRequest.first(1)).total()).isZero();
  }

  @Test
  void aFormWithItsTokenIsTaken() {
    client
        .postWith(token, "/domains/new", "name", fixtures.unique("taken") + ".test")
        .then()
        .statusCode(303);
    assertThat(domains.list(person, PageRequest.first(1)).total()).isOne();
  }

  @Test
  void aFormWithoutTokenIsRefused() {
    client
        .request()
        .formParam("name", "evil.test")
        .post("/domains/new")
        .then()
        .statusCode(403)
        .body(containsString("no longer valid"));
    nothingWasAdded();
  }

  @Test
  void theTokenOfAnotherSessionIsRefused() {
    var stranger = tokenOn(PanelClient.signedIn(people.customer()), "/");
    client.postWith(stranger, "/domains/new", "name", "evil.test").then().statusCode(403);
    nothingWasAdded();
  }

  @Test
  void aFormThatTheBrowserSaysCameFromElsewhereIsRefusedEvenWithTheToken() {
    for (var site : new String[] {"cross-site", "same-site"}) {
      client
          .request()
          .header("Sec-Fetch-Site", site)
          .formParam("form-token", token)
          .formParam("name", "evil.test")
          .post("/domains/new")
          .then()
          .statusCode(403);
    }
    nothingWasAdded();
  }

  @Test
  void bodiesThatAreNoFormsAreRefused() {
    for (var type : new String[] {"application/json", "text/plain"}) {
      client
          .request()
          .contentType(type)
          .body("form-token=" + token + "&name=evil.test")
          .post("/domains/new")
          .then()
          .statusCode(oneOf(403, 415));
    }
    nothingWasAdded();
  }

  @Test
  void loginAndSignOutNeedTheirToken() {
    new PanelClient()
        .request()
        .formParam("login", person.login())
        .formParam("password", Fixtures.PASSWORD)
        .post("/login")
        .then()
        .statusCode(403);
    client.request().post("/logout").then().statusCode(403);
    client.get("/").then().statusCode(200);
  }
}
