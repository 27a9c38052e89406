package dev.postroom.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import io.restassured.filter.cookie.CookieFilter;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.regex.Pattern;

/** A browser without a window: keeps cookies, sends the form token of the page it is on. */
public final class PanelClient {
  private static final Pattern TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

  private final CookieFilter cookies = new CookieFilter();

  public static PanelClient signedIn(Viewer.Person person) {
    var client = new PanelClient();
    client.signIn(person.login(), Fixtures.PASSWORD).then().statusCode(303);
    return client;
  }

  public Response signIn(String login, String password) {
    return post("/login", "/login", "login", login, "password", password, "next", "/");
  }

  public Response get(String path) {
    return request().get(path);
  }

  /** Opens a page and sends a form of it. */
  public Response post(String page, String action, String... nameThenValue) {
    var token = TOKEN.matcher(get(page).asString());
    assertThat(token.find()).as("a form on %s", page).isTrue();
    return postWith(token.group(1), action, nameThenValue);
  }

  /** Sends a form that is its own page, as most are. */
  public Response submit(String path, String... nameThenValue) {
    return post(path, path, nameThenValue);
  }

  public Response postWith(String token, String action, String... nameThenValue) {
    var request = request().formParam("form-token", token);
    for (int i = 0; i < nameThenValue.length; i += 2) {
      request.formParam(nameThenValue[i], nameThenValue[i + 1]);
    }
    return request.post(action);
  }

  public RequestSpecification request() {
    return given()
        .filter(cookies)
        .contentType("application/x-www-form-urlencoded; charset=utf-8")
        .redirects()
        .follow(false);
  }
}
