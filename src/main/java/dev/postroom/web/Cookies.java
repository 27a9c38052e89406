package dev.postroom.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookies of the pages. Over TLS their names carry {@code __Host-}, so that no other host of
 * the domain and no plain connection can set them (RFC 6265bis §4.1.3.2).
 */
enum Cookies {
  /** The session of somebody who has signed in. */
  SESSION("postroom-session"),
  /** Somebody who has not, so that the login form can carry a token. */
  VISITOR("postroom-visitor"),
  /** Light or dark. */
  THEME("postroom-theme");

  private final String plainName;

  Cookies(String plainName) {
    this.plainName = plainName;
  }

  static boolean isSecure(HttpServerRequest request) {
    return "https".equals(request.scheme());
  }

  private String name(HttpServerRequest request) {
    return isSecure(request) ? "__Host-" + plainName : plainName;
  }

  Optional<String> read(HttpServerRequest request) {
    return Optional.ofNullable(request.getCookie(name(request)))
        .map(Cookie::getValue)
        .filter(value -> !value.isEmpty());
  }

  /** Until the browser is closed. */
  void write(HttpServerRequest request, String value) {
    request.response().addCookie(cookie(request, value));
  }

  void write(HttpServerRequest request, String value, Duration lifetime) {
    request.response().addCookie(cookie(request, value).setMaxAge(lifetime.toSeconds()));
  }

  void clear(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.addCookie(cookie(request, "").setMaxAge(0));
  }

  private Cookie cookie(HttpServerRequest request, String value) {
    return Cookie.cookie(name(request), value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(isSecure(request))
        .setSameSite(CookieSameSite.LAX);
  }
}
