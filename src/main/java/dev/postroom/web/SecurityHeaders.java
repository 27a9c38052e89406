package dev.postroom.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What every answer over HTTP says about itself, files and API included. */
@ApplicationScoped
class SecurityHeaders {
  /**
   * Nothing from elsewhere, no inline scripts or styles, in nobody's frame. Pico draws with data:
   * images.
   */
  private static final String CONTENT_POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self';"
          + " frame-ancestors 'none'";

  /** The page to try the API with, which the demo serves, is not ours and has inline scripts. */
  private static final String SWAGGER = "/q/swagger-ui";

  private static final String SWAGGER_POLICY =
      "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; object-src 'none'; frame-ancestors 'none'";

  private static final String ONE_YEAR = "public, max-age=31536000, immutable";
  private static final String VERSIONED = "postroom.versioned";
  private static final int PRIORITY = 1000;

  void register(@Observes Filters filters) {
    filters.register(SecurityHeaders::add, PRIORITY);
  }

  private static void add(RoutingContext context) {
    var response = context.response();
    response.putHeader(
        "Content-Security-Policy",
        context.normalizedPath().startsWith(SWAGGER) ? SWAGGER_POLICY : CONTENT_POLICY);
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("X-Frame-Options", "DENY");
    response.putHeader("Referrer-Policy", "same-origin");
    response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
    if (Cookies.isSecure(context.request())) {
      response.putHeader("Strict-Transport-Security", "max-age=31536000"); // RFC 6797 §6.1.1
    }
    if (context.request().getParam("v") != null) {
      context.put(VERSIONED, true); // a webjar is routed again, its query lost
    }
    context.addHeadersEndHandler(_ -> cache(context, response));
    context.next();
  }

  /** Pages are private; a file asked for by its version never changes. */
  private static void cache(RoutingContext context, HttpServerResponse response) {
    boolean versioned = context.get(VERSIONED) != null;
    if (versioned && response.getStatusCode() == 200 && isFile(context.normalizedPath())) {
      response.putHeader(HttpHeaders.CACHE_CONTROL, ONE_YEAR);
    } else if (!isFile(context.normalizedPath())) {
      response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
  }

  private static boolean isFile(String path) {
    return path.startsWith("/css/")
        || path.startsWith("/js/")
        || path.startsWith("/icons/")
        || path.startsWith("/webjars/");
  }
}
