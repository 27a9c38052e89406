package dev.postroom.web;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.DecoderConfig.decoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.postroom.browser.People;
import dev.postroom.testing.PostroomTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@PostroomTest
class HeadersTest {
  private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/[^\"]+\\?v=[^\"]+)\"");

  private static final String TLS_PORT = "quarkus.http.test-ssl-port";

  @Inject People people;

  @Test
  void pagesForbidWhatTheyDoNotNeed() {
    given()
        .get("/login")
        .then()
        .header("Content-Security-Policy", containsString("default-src 'self'"))
        .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "same-origin")
        .header("Cache-Control", "no-store");
  }

  @Test
  void plainConnectionsPromiseNoTls() {
    assertThat(given().get("/login").header("Strict-Transport-Security")).isNull();
  }

  @Test
  void overTlsTheBrowserIsToldToStayThereAndCookiesAreBoundToTheHost() {
    var answer =
        given()
            .relaxedHTTPSValidation()
            .get(
                "https://localhost:"
                    + ConfigProvider.getConfig().getValue(TLS_PORT, int.class)
                    + "/login");
    assertThat(answer.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    var cookie = answer.detailedCookie("__Host-postroom-visitor");
    assertThat(cookie.isSecured()).isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.getDomain()).isNull();
  }

  @Test
  void everyFileOfAPageIsThereAndKeptForAYear() {
    var page = PanelClient.signedIn(people.customer()).get("/").asString();
    var assets = ASSET.matcher(page).results().map(found -> found.group(1)).toList();
    assertThat(assets).hasSize(5);
    for (var asset : assets) {
      Response answer = given().get(asset);
      assertThat(answer.statusCode()).as(asset).isEqualTo(200);
      assertThat(answer.header("Cache-Control")).as(asset).contains("max-age=31536000");
    }
  }

  @Test
  void filesAreCompressedAndPagesAreNot() {
    assertThat(encodingOf("/css/postroom.css")).isEqualTo("gzip");
    assertThat(encodingOf("/login")).isNull();
  }

  private static @Nullable String encodingOf(String path) {
    return given()
        .config(config().decoderConfig(decoderConfig().noContentDecoders()))
        .header("Accept-Encoding", "gzip")
        .get(path)
        .header("Content-Encoding");
  }

  @Test
  void aFileWithoutVersionIsNotKeptForAYear() {
    assertThat(given().get("/css/postroom.css").header("Cache-Control")).doesNotContain("31536000");
  }

  @Test
  void theApiGetsNoCookies() {
    var answer = given().get("/api/v1/domains");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().getValues("Set-Cookie")).isEmpty();
  }

  @Test
  void aPathThatDoesNotExistGetsAPageOfItsOwn() {
    given()
        .get("/nothing/here")
        .then()
        .statusCode(404)
        .body(containsString("There is no such page"));
    var client = PanelClient.signedIn(people.customer());
    for (var path : new String[] {"/domains/x/y/z", "/domains/notanumber", "/mailboxes/1/2/3"}) {
      client.get(path).then().statusCode(404).body(containsString("There is no such page"));
    }
  }

  @Test
  void aFormThatIsTooLargeIsRefusedWithAPage() {
    var client = PanelClient.signedIn(people.customer());
    var answer = client.submit("/domains/new", "name", "x".repeat(70_000));
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void oddQuestionsGetSoberAnswers() {
    var client = PanelClient.signedIn(people.customer());
    for (var query :
        new String[] {"page=0", "page=-3", "page=2147483647", "q=%25_!%27%22%5C", "domain=x"}) {
      client.request().urlEncodingEnabled(false).get("/mailboxes?" + query).then().statusCode(200);
    }
    client.get("/mailboxes?page=99999999999").then().statusCode(404);
    client.post("/", "/queue").then().statusCode(405).body(containsString("did not work"));
  }

  @Test
  void noSpellingOfAPathGetsAroundTheLogin() throws IOException {
    for (var path :
        new String[] {
          "/api/../domains",
          "/api/%2e%2e/domains",
          "//domains",
          "/./domains",
          "/domains/",
          "/DOMAINS",
          "/domains;a=b",
          "/api/..;/domains",
          "/%64omains",
          "/api//../domains"
        }) {
      assertThat(raw(path)).as(path).matches("(?s)HTTP/1.1 (303|400|404) .*");
    }
  }

  /** As it stands: HTTP clients tidy paths up. */
  private static String raw(String path) throws IOException {
    try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
      var request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aBugShowsANumberToAskAboutAndNotTheReason() {
    PanelClient.signedIn(people.customer())
        .get("/test-broken/bug")
        .then()
        .statusCode(500)
        .body(containsString("Something went wrong on our side"))
        .body(containsString("<code>"))
        .body(not(containsString("secret reason")));
  }

  @Test
  void aDatabaseThatIsAwaySaysSo() {
    PanelClient.signedIn(people.customer())
        .get("/test-broken/database")
        .then()
        .statusCode(503)
        .body(containsString("Back in a moment"));
  }
}
