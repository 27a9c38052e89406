package dev.postroom.api;

import dev.postroom.auth.ApiTokens;
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

  private final ApiTokens tokens;
  private final Caller caller;

  TokenFilter(ApiTokens tokens, Caller caller) {
    this.tokens = tokens;
    this.caller = caller;
  }

  @ServerRequestFilter
  public @Nullable Response filter(ContainerRequestContext request) {
    if (!Problem.isApi(request)) {
      return null;
    }
    try {
      return admit(request);
    } catch (RuntimeException failed) {
      return Failures.answer(failed);
    }
  }

  private @Nullable Response admit(ContainerRequestContext request) {
    var secret = secret(request);
    if (secret.isEmpty()) {
      return unauthorized(CHALLENGE, "Send 'Authorization: Bearer' with an API token.");
    }
    var person = secret.flatMap(tokens::authenticate);
    if (person.isEmpty()) {
      // RFC 6750 §3.1
      return unauthorized(
          CHALLENGE + ", error=\"invalid_token\"", "This token is not valid, or no longer.");
    }
    caller.is(person.get());
    return null;
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
