package dev.postroom.panel;

import dev.postroom.auth.ApiTokenInfo;
import dev.postroom.auth.ApiTokens;
import dev.postroom.auth.LoginResult;
import dev.postroom.auth.Logins;
import dev.postroom.auth.Passwords;
import dev.postroom.directory.AccountInfo;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.Viewer;
import dev.postroom.sending.Allowances;
import dev.postroom.sending.Scope;
import dev.postroom.web.ClientAddress;
import dev.postroom.web.Form;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
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
import java.util.List;

/** One's own account: its password, its use of the plan, its API tokens. */
@Path("/account")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class MyAccountPages {
  @CheckedTemplate(
      basePath = "panel/accounts",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record MyAccount(
      Page page,
      AccountInfo account,
      PlanUse use,
      SendingUse sending,
      List<ApiTokenInfo> tokens,
      Form form)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Accounts accounts;
  private final Passwords passwords;
  private final Logins logins;
  private final ApiTokens tokens;
  private final Allowances allowances;

  MyAccountPages(
      Pages pages,
      SignedIn signedIn,
      Accounts accounts,
      Passwords passwords,
      Logins logins,
      ApiTokens tokens,
      Allowances allowances) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.accounts = accounts;
    this.passwords = passwords;
    this.logins = logins;
    this.tokens = tokens;
    this.allowances = allowances;
  }

  @GET
  public TemplateInstance show() {
    return show(Form.empty());
  }

  private TemplateInstance show(Form form) {
    var viewer = signedIn.viewer();
    return new MyAccount(
        pages.page("My account", Page.Section.MY_ACCOUNT),
        signedIn.account(),
        PlanUse.of(accounts.use(viewer, viewer.accountId())),
        SendingUse.of(allowances.find(viewer, Scope.account(viewer.accountId()))),
        tokens.list(viewer, viewer.accountId()),
        form);
  }

  @POST
  public Response changePassword(MultivaluedMap<String, String> fields, HttpServerRequest request) {
    var form = Form.of(fields);
    return pages.submit(form, () -> changePassword(form, request), () -> show(form));
  }

  private Response changePassword(Form form, HttpServerRequest request) {
    var viewer = signedIn.viewer();
    requireCurrent(form, viewer, request);
    if (!form.value("password").equals(form.value("again"))) {
      throw Form.invalid("again", "The two new passwords differ.");
    }
    passwords.setForAccount(viewer, viewer.accountId(), form.value("password"));
    pages.signInAnew();
    return pages.done(
        "/account", "Your password was changed. You were signed out everywhere else.");
  }

  private void requireCurrent(Form form, Viewer.Person viewer, HttpServerRequest request) {
    var result = logins.account(viewer.login(), form.value("current"), ClientAddress.of(request));
    switch (result) {
      case LoginResult.Welcome(_) -> {
        // it is them
      }
      case LoginResult.Wrong(), LoginResult.Suspended(_) ->
          throw Form.invalid("current", "This is not your current password.");
      case LoginResult.Throttled(_) ->
          throw Form.invalid(
              "current", "There were too many tries. Please wait some minutes, then try again.");
    }
  }
}
