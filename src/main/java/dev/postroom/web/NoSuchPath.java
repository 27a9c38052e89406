package dev.postroom.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The last route: answers what nothing else has answered. */
@ApplicationScoped
class NoSuchPath {
  private final ErrorPages errors;

  NoSuchPath(ErrorPages errors) {
    this.errors = errors;
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MAX_VALUE).handler(this::answer);
  }

  private void answer(RoutingContext context) {
    var response = context.response().setStatusCode(404);
    if (context.normalizedPath().startsWith(SignInFilter.API)) {
      response
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
          .end("{\"status\":404,\"title\":\"Not Found\",\"detail\":\"There is no such path.\"}");
    } else {
      response
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
          .end((String) errors.notFound().getEntity());
    }
  }
}
