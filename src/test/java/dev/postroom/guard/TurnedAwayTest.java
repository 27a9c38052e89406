package dev.postroom.guard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.postroom.auth.ApiTokens;
import dev.postroom.browser.People;
import dev.postroom.directory.Viewer;
import dev.postroom.guard.ClientRule.Kind;
import dev.postroom.net.Listeners;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.web.PanelClient;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** From addresses of their own on loopback, which Linux lets everybody connect from. */
@PostroomTest
class TurnedAwayTest {
  @Inject Listeners listeners;
  @Inject ClientRules clients;
  @Inject Rules rules;
  @Inject Fixtures fixtures;
  @Inject People people;
  @Inject ApiTokens tokens;

  private String greeting(String listener, String from) throws IOException {
    int port =
        listeners.all().stream()
            .filter(open -> open.endpoint().name().equals(listener))
            .findFirst()
            .orElseThrow()
            .port();
    try (var socket =
            new Socket(InetAddress.ofLiteral("127.0.0.1"), port, InetAddress.ofLiteral(from), 0);
        var reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      return String.valueOf(reader.readLine());
    }
  }

  @Test
  void whoIsDeniedHearsSoInEachProtocol() throws IOException {
    clients.add(Viewer.SERVER, "127.7.1.0/24", Kind.DENY, "a test");
    assertThat(greeting("smtp", "127.7.1.1"))
        .isEqualTo("554 5.7.1 mail.postroom.test: no service for 127.7.1.1; ask the postmaster");
    assertThat(greeting("imap", "127.7.1.2")).startsWith("* BYE no service for 127.7.1.2");
    assertThat(greeting("pop3", "127.7.1.3")).startsWith("-ERR no service for 127.7.1.3");
    assertThat(greeting("smtp", "127.7.2.1")).startsWith("220 ");
  }

  @Test
  void whoIsBannedHearsUntilWhen() throws IOException {
    var until = Instant.parse("2099-01-02T03:04:05Z");
    rules.ban(
        new ClientRule(
            0,
            Network.parse("127.7.3.1"),
            Kind.BAN,
            "too many offences, last failed logins",
            Instant.now(),
            until,
            1,
            ""));
    assertThat(greeting("smtp", "127.7.3.1"))
        .isEqualTo(
            "421 4.7.0 mail.postroom.test: 127.7.3.1 is blocked until 2099-01-02 03:04 UTC because"
                + " of too many offences, last failed logins");
  }

  @Test
  void anAdministratorSeesDeniesAndLiftsInThePanel() throws IOException {
    var administrator = PanelClient.signedIn(people.administrator());
    administrator
        .submit("/clients", "network", "127.7.4.1", "kind", "DENY", "reason", "<scans> us")
        .then()
        .statusCode(303);
    assertThat(greeting("smtp", "127.7.4.1")).startsWith("554 ");
    administrator
        .get("/clients?q=127.7.4.1")
        .then()
        .body(containsString("127.7.4.1"))
        .body(containsString("&lt;scans&gt; us"))
        .body(containsString("127.0.0.0/8"));
    administrator
        .submit("/clients", "network", "nowhere", "kind", "DENY", "reason", "")
        .then()
        .statusCode(422)
        .body(containsString("Type an IP address or a network"));
    var id =
        clients
            .list(Viewer.SERVER, new dev.postroom.directory.PageRequest("127.7.4.1", 1, 5))
            .items()
            .getFirst()
            .id();
    administrator.post("/clients", "/clients/" + id + "/remove").then().statusCode(303);
    assertThat(greeting("smtp", "127.7.4.1")).startsWith("220 ");
  }

  @Test
  void othersHaveNoSuchPage() {
    PanelClient.signedIn(people.customer()).get("/clients").then().statusCode(404);
    PanelClient.signedIn(people.reseller()).get("/clients").then().statusCode(404);
  }

  @Test
  void programsDoTheSame() throws IOException {
    var administrator = fixtures.administrator();
    var token = tokens.create(administrator, administrator.accountId(), "test").secret();
    var api = given().auth().oauth2(token).contentType(ContentType.JSON);
    int id =
        given()
            .spec(api)
            .body("{\"network\": \"127.7.5.1/32\", \"kind\": \"deny\", \"reason\": \"x\"}")
            .post("/api/v1/clients")
            .then()
            .statusCode(201)
            .body("network", equalTo("127.7.5.1"))
            .body("by", equalTo(administrator.login()))
            .extract()
            .path("id");
    assertThat(greeting("smtp", "127.7.5.1")).startsWith("554 ");
    given()
        .spec(api)
        .get("/api/v1/clients?search=127.7.5.1")
        .then()
        .body("items[0].kind", equalTo("deny"));
    given().spec(api).delete("/api/v1/clients/" + id).then().statusCode(204);
    given().spec(api).delete("/api/v1/clients/" + id).then().statusCode(404);
    given()
        .spec(api)
        .body("{\"network\": \"127.7.5.1\", \"kind\": \"ban\"}")
        .post("/api/v1/clients")
        .then()
        .statusCode(422);
    var customer = fixtures.customer();
    given()
        .auth()
        .oauth2(tokens.create(customer, customer.accountId(), "test").secret())
        .get("/api/v1/clients")
        .then()
        .statusCode(403);
  }
}
