package dev.postroom.web;

import dev.postroom.auth.LoginResult;
import dev.postroom.auth.Logins;
import dev.postroom.directory.Viewer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Signing in and out. */
@Path("/")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class SignInPages {
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY = 429;

  @CheckedTemplate(basePath = "web", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record Login(Page page, Form form, boolean signedOut) implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Sessions sessions;
  private final Logins logins;

  SignInPages(Pages pages, SignedIn signedIn, Sessions sessions, Logins logins) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.sessions = sessions;
    this.logins = logins;
  }

  @GET
  @Path("login")
  public Response show(@RestQuery @Nullable String next, @RestQuery @Nullable String out) {
    if (signedIn.isSomebody()) {
      return pages.go("/");
    }
    var form = Form.empty().with("next", LocalPath.of(next == null ? "/" : next));
    return Response.ok(login(form, out != null)).build();
  }

  @POST
  @Path("login")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response signIn(MultivaluedMap<String, String> fields, HttpServerRequest request) {
    var form = Form.of(fields);
    var result =
        logins.account(form.text("login"), form.value("password"), ClientAddress.of(request));
    return switch (result) {
      case LoginResult.Welcome(Viewer.Person person) -> welcome(person, form, request);
      case LoginResult.Welcome(_), LoginResult.Wrong() ->
          again(form, UNPROCESSABLE, "That login and password do not go together. Try again.");
      case LoginResult.Suspended(var reason) -> again(form, UNPROCESSABLE, suspended(reason));
      case LoginResult.Throttled(var wait) -> later(form, wait);
    };
  }

  @POST
  @Path("logout")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response signOut(HttpServerRequest request) {
    sessions.end(signedIn.session().token());
    Cookies.SESSION.clear(request);
    return pages.go("/login?out=1");
  }

  /** A new token at every login: one that was planted before it is worth nothing. */
  private Response welcome(Viewer.Person person, Form form, HttpServerRequest request) {
    if (signedIn.isSomebody()) {
      sessions.end(signedIn.session().token());
    }
    var token = sessions.start(person.accountId());
    Cookies.SESSION.write(request, token.value());
    Cookies.VISITOR.clear(request);
    return pages.go(LocalPath.of(form.value("next")));
  }

  private Response again(Form form, int status, String problem) {
    form.reject("", problem);
    return Response.status(status).entity(login(form, false)).build();
  }

  private static String suspended(String reason) {
    return reason.isBlank()
        ? "This account is suspended. Please ask your provider."
        : "This account is suspended: " + reason;
  }

  private Response later(Form form, Duration wait) {
    long minutes = Math.max(1, wait.plusSeconds(59).toMinutes());
    form.reject(
        "",
        "There were too many tries. Please wait %s, then try again."
            .formatted(minutes == 1 ? "a minute" : minutes + " minutes"));
    return Response.status(TOO_MANY)
        .header("Retry-After", wait.toSeconds())
        .entity(login(form, false))
        .build();
  }

  private TemplateInstance login(Form form, boolean signedOut) {
    return new Login(pages.page("Sign in", Page.Section.NONE), form, signedOut);
  }
}
