package dev.postroom.web;

import dev.postroom.audit.Origin;
import dev.postroom.audit.Way;
import dev.postroom.directory.AccountInfo;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Viewer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every page: nothing outside {@code /api} is shown to somebody who has not signed
 * in, and nothing is changed by a form that did not come from one of our pages.
 */
@ApplicationScoped
public class SignInFilter {
  static final String API = "/api/";

  /**
   * No pages: the API has its own way in and takes no forms, and mail programs ask for their
   * settings before anybody has signed in.
   */
  private static final List<String> NO_PAGES = List.of(API, "/mail/", "/.well-known/");

  static final String LOGIN = "/login";
  private static final Set<String> OPEN = Set.of(LOGIN, "/theme");

  /** For strangers who got a link by mail. */
  private static final String LINKS = "/confirm/";

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final Sessions sessions;
  private final Accounts accounts;
  private final SignedIn signedIn;
  private final Origin origin;
  private final ErrorPages errors;

  SignInFilter(
      Sessions sessions, Accounts accounts, SignedIn signedIn, Origin origin, ErrorPages errors) {
    this.sessions = sessions;
    this.accounts = accounts;
    this.signedIn = signedIn;
    this.origin = origin;
    this.errors = errors;
  }

  @WithFormRead
  @ServerRequestFilter
  public @Nullable Response filter(
      ResteasyReactiveContainerRequestContext context, HttpServerRequest request) {
    var path = context.getUriInfo().getPath();
    if (NO_PAGES.stream().anyMatch(path::startsWith)) {
      return null;
    }
    try {
      return admit(context, request, path);
    } catch (RuntimeException broken) {
      return errors.broken(broken);
    }
  }

  private @Nullable Response admit(
      ResteasyReactiveContainerRequestContext context, HttpServerRequest request, String path) {
    origin.is(Way.PANEL, "", ClientAddress.of(request));
    var token = recognise(request);
    if (!signedIn.isSomebody() && !OPEN.contains(path) && !path.startsWith(LINKS)) {
      return toLogin(context);
    }
    if (!SAFE.contains(context.getMethod()) && !FormToken.isRight(context, token)) {
      return errors.formExpired();
    }
    return null;
  }

  private SessionToken recognise(HttpServerRequest request) {
    var session =
        Cookies.SESSION.read(request).map(SessionToken::new).flatMap(sessions::find).orElse(null);
    if (session != null) {
      var account = mayBeSignedIn(session.accountId());
      if (account.isPresent()) {
        signedIn.is(session, account.get());
        return session.token();
      }
      sessions.end(session.token());
    }
    var visitor = Cookies.VISITOR.read(request).map(SessionToken::new).orElse(null);
    if (visitor == null) {
      visitor = SessionToken.next();
      Cookies.VISITOR.write(request, visitor.value());
    }
    signedIn.isNobody(visitor);
    return visitor;
  }

  private Optional<AccountInfo> mayBeSignedIn(long accountId) {
    try {
      var account = accounts.find(Viewer.SERVER, accountId);
      return account.effective().login() ? Optional.empty() : Optional.of(account);
    } catch (DirectoryProblem _) {
      return Optional.empty();
    }
  }

  private static Response toLogin(ContainerRequestContext context) {
    var uri = context.getUriInfo();
    var next = SAFE.contains(context.getMethod()) ? pathAndQuery(uri) : "/";
    var target =
        next.equals("/")
            ? LOGIN
            : LOGIN + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    return Pages.seeOther(target);
  }

  private static String pathAndQuery(UriInfo uri) {
    var request = uri.getRequestUri();
    var query = request.getRawQuery();
    return query == null ? request.getRawPath() : request.getRawPath() + "?" + query;
  }
}
