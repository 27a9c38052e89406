package dev.postroom.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.postroom.browser.People;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@PostroomTest
class SignInTest {
  private static final int NAME_FAILURES = 20;

  @Inject People people;
  @Inject Accounts accounts;

  @Test
  void aPageAskedForWithoutASessionLeadsToTheLoginAndBack() {
    new PanelClient()
        .get("/domains?page=2")
        .then()
        .statusCode(303)
        .header("Location", endsWith("/login?next=%2Fdomains%3Fpage%3D2"));
    new PanelClient()
        .request()
        .queryParam("next", "/domains?page=2")
        .get("/login")
        .then()
        .body(containsString("value=\"/domains?page=2\""));
  }

  @Test
  void afterTheLoginOnlyAPageOfThisHostIsGoneTo() {
    var person = people.customer();
    new PanelClient()
        .post(
            "/login",
            "/login",
            "login",
            person.login(),
            "password",
            Fixtures.PASSWORD,
            "next",
            "//evil.example/")
        .then()
        .statusCode(303)
        .header("Location", equalTo("/"));
  }

  @Test
  void theSessionCookieIsOutOfReachOfScriptsAndOtherSites() {
    var answer = new PanelClient().signIn(people.customer().login(), Fixtures.PASSWORD);
    var cookie = answer.then().statusCode(303).extract().detailedCookie("postroom-session");
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo("Lax");
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.getMaxAge()).as("until the browser closes").isEqualTo(-1);
  }

  @Test
  void everyLoginBeginsANewSessionAndEndsTheOldOne() {
    var person = people.customer();
    var client = PanelClient.signedIn(person);
    var planted = client.get("/").then().statusCode(200).extract();
    var first = client.submit("/account").then().extract().cookie("postroom-session");
    assertThat(planted.cookie("postroom-session")).isNull();
    assertThat(first).as("only a login sets it").isNull();

    var stolen = sessionOf(new PanelClient().signIn(person.login(), Fixtures.PASSWORD));
    var again = sessionOf(new PanelClient().signIn(person.login(), Fixtures.PASSWORD));
    assertThat(again).isNotEqualTo(stolen);
  }

  private static String sessionOf(io.restassured.response.Response login) {
    return login.then().statusCode(303).extract().cookie("postroom-session");
  }

  @Test
  void signingOutEndsTheSessionOnTheServerToo() {
    var person = people.customer();
    var client = new PanelClient();
    var session = sessionOf(client.signIn(person.login(), Fixtures.PASSWORD));
    client.post("/", "/logout").then().statusCode(303).header("Location", endsWith("/login?out=1"));

    client.get("/").then().statusCode(303);
    given()
        .cookie("postroom-session", session)
        .redirects()
        .follow(false)
        .get("/")
        .then()
        .statusCode(303)
        .header("Location", endsWith("/login"));
  }

  @Test
  void aWrongPasswordKeepsTheLoginAndNotThePassword() {
    var person = people.customer();
    new PanelClient()
        .signIn(person.login(), "wrong-guess-77")
        .then()
        .statusCode(422)
        .body(containsString("do not go together"))
        .body(containsString("value=\"" + person.login() + "\""))
        .body(not(containsString("wrong-guess-77")));
  }

  @Test
  void aSuspendedAccountReadsTheReason() {
    var person = people.customer();
    accounts.suspend(Viewer.SERVER, person.accountId(), Suspension.all("The bill of May is open."));
    new PanelClient()
        .signIn(person.login(), Fixtures.PASSWORD)
        .then()
        .statusCode(422)
        .body(containsString("The bill of May is open."));
  }

  @Test
  void suspensionSignsOutAtOnce() {
    var person = people.customer();
    var client = PanelClient.signedIn(person);
    accounts.suspend(Viewer.SERVER, person.accountId(), Suspension.all("unpaid"));
    client.get("/").then().statusCode(303).header("Location", endsWith("/login"));
  }

  /**
   * From an address of its own: failures are counted by address, too, and others test from ours.
   */
  @Test
  void whoGuessesTooOftenIsAskedToWait() throws Exception {
    try (var http =
        HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.77")).build()) {
      for (int i = 0; i < NAME_FAILURES; i++) {
        assertThat(guess(http, "nobody-here").statusCode()).isEqualTo(422);
      }
      var answer = guess(http, "nobody-here");
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).contains("Please wait").contains("value=\"nobody-here\"");
      assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    }
  }

  private HttpResponse<String> guess(HttpClient http, String login) throws Exception {
    var page = http.send(request("/login").build(), HttpResponse.BodyHandlers.ofString());
    var token = page.body().replaceAll("(?s).*name=\"form-token\" value=\"([^\"]+)\".*", "$1");
    var cookie = page.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    var form =
        "login="
            + login
            + "&password=x&form-token="
            + URLEncoder.encode(token, StandardCharsets.UTF_8);
    return http.send(
        request("/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", cookie)
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path));
  }
}
