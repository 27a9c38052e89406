package dev.postroom.api;

import dev.postroom.audit.Origin;
import dev.postroom.audit.Way;
import dev.postroom.auth.ApiTokens;
import dev.postroom.web.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Stands before everything under the API's path: no token, no answer. */
@ApplicationScoped
public class TokenFilter {
  private static final String SCHEME = "Bearer ";
  private static final String CHALLENGE = "Bearer realm=\"postroom\"";

  /** The command line says who it runs as; it is noted, and decides nothing. */
  private static final String USER = "Postroom-User";

  private static final int MAX_USER = 32;

  private final ApiTokens tokens;
  private final LocalAccess local;
  private final Caller caller;
  private final Origin origin;

  TokenFilter(ApiTokens tokens, LocalAccess local, Caller caller, Origin origin) {
    this.tokens = tokens;
    this.local = local;
    this.caller = caller;
    this.origin = origin;
  }

  @ServerRequestFilter
  public @Nullable Response filter(ContainerRequestContext request, HttpServerRequest http) {
    if (!Problem.isApi(request)) {
      return null;
    }
    try {
      return admit(request, http);
    } catch (RuntimeException failed) {
      return Failures.answer(failed);
    }
  }

  private @Nullable Response admit(ContainerRequestContext request, HttpServerRequest http) {
    var secret = secret(request);
    if (secret.isEmpty()) {
      return unauthorized(CHALLENGE, "Send 'Authorization: Bearer' with an API token.");
    }
    var here = local.authenticate(secret.get());
    if (here.isPresent()) {
      origin.is(Way.CLI, user(request), ClientAddress.of(http));
      caller.is(here.get());
      return null;
    }
    var bearer = tokens.authenticate(secret.get());
    if (bearer.isEmpty()) {
      // RFC 6750 §3.1
      return unauthorized(
          CHALLENGE + ", error=\"invalid_token\"", "This token is not valid, or no longer.");
    }
    origin.is(Way.API, bearer.get().label(), ClientAddress.of(http));
    caller.is(bearer.get().person());
    return null;
  }

  private static String user(ContainerRequestContext request) {
    var name = request.getHeaderString(USER);
    return name != null && name.length() <= MAX_USER && name.matches("[\\w.-]+") ? name : "";
  }

  /** RFC 9110 §11.1: the scheme's name is compared without regard to case. */
  private static Optional<String> secret(ContainerRequestContext request) {
    var header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()).strip()).filter(it -> !it.isEmpty())
        : Optional.empty();
  }

  private static Response unauthorized(String challenge, String detail) {
    return Response.fromResponse(Problem.of(401, "unauthorized", detail, "").response())
        .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
        .build();
  }
}
