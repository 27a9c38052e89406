package dev.postroom.web;

import dev.postroom.directory.DirectoryProblem;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** The steps that every page takes: show, do and go on, or show again what was wrong. */
@RequestScoped
public class Pages {
  /** RFC 9110 §15.5.21: understood, but it cannot be done like this. */
  private static final int UNPROCESSABLE = 422;

  private final SignedIn signedIn;
  private final Sessions sessions;
  private final Assets assets;
  private final HttpServerRequest request;

  Pages(SignedIn signedIn, Sessions sessions, Assets assets, @Context HttpServerRequest request) {
    this.signedIn = signedIn;
    this.sessions = sessions;
    this.assets = assets;
    this.request = request;
  }

  /** For the layout. Takes the message that the last request left, if there is one. */
  public Page page(String title, Page.Section section) {
    var somebody = signedIn.isSomebody();
    Notice notice = somebody ? signedIn.session().notice() : null;
    if (notice != null) {
      sessions.forgetNotice(signedIn.session().token());
    }
    return new Page(
        title,
        section,
        somebody ? signedIn.account() : null,
        notice,
        Cookies.THEME.read(request).map(Page.Theme::of).orElse(Page.Theme.SYSTEM),
        request.uri(),
        signedIn.formToken(),
        assets.version());
  }

  /**
   * Does what the form asks. What is wrong with it goes beside its fields, and {@code again} shows
   * it.
   */
  public Response submit(Form form, Supplier<Response> action, Supplier<TemplateInstance> again) {
    try {
      return action.get();
    } catch (DirectoryProblem problem) {
      if (problem.kind() == DirectoryProblem.Kind.NOT_FOUND && problem.field().isEmpty()) {
        throw problem;
      }
      form.reject(problem.field(), Form.sentence(problem.getMessage()));
      return Response.status(UNPROCESSABLE).entity(again.get()).build();
    }
  }

  /** After a change of password, which has ended every session: this one goes on as a new one. */
  public void signInAnew() {
    var account = signedIn.account();
    var token = sessions.start(account.id());
    Cookies.SESSION.write(request, token.value());
    signedIn.is(new Sessions.Session(token, account.id(), null), account);
  }

  public Response done(String path, String message) {
    return done(path, Notice.good(message));
  }

  public Response done(String path, Notice notice) {
    sessions.keep(signedIn.session().token(), notice);
    return go(path);
  }

  public Response go(String path) {
    return seeOther(path);
  }

  /** Relative (RFC 9110 §10.2.2): what a proxy in front calls this host is not our business. */
  static Response seeOther(String path) {
    return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, path).build();
  }
}
