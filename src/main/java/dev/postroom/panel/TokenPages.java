package dev.postroom.panel;

import dev.postroom.auth.ApiTokenInfo;
import dev.postroom.auth.ApiTokens;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.web.Form;
import dev.postroom.web.Notice;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** API tokens of an account, one's own or one that is managed. */
@Path("/accounts")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class TokenPages {
  @CheckedTemplate(
      basePath = "panel/accounts",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record TokenAdd(Page page, long accountId, String login, String back, Form form)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Accounts accounts;
  private final ApiTokens tokens;

  TokenPages(Pages pages, SignedIn signedIn, Accounts accounts, ApiTokens tokens) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.accounts = accounts;
    this.tokens = tokens;
  }

  @GET
  @Path("{account}/tokens")
  public TemplateInstance add(@RestPath long account) {
    return add(account, Form.empty());
  }

  private TemplateInstance add(long account, Form form) {
    var owner = accounts.find(signedIn.viewer(), account);
    return new TokenAdd(
        page(account, "Add an API token"), account, owner.login(), back(account), form);
  }

  @POST
  @Path("{account}/tokens")
  public Response create(@RestPath long account, MultivaluedMap<String, String> fields) {
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var label = form.required("label", "Give it a label, such as the program that uses it.");
          var created = tokens.create(signedIn.viewer(), account, label);
          return pages.done(
              back(account), Notice.secret("The token was created. This is it:", created.secret()));
        },
        () -> add(account, form));
  }

  @GET
  @Path("{account}/tokens/{token}/revoke")
  public TemplateInstance revokeForm(@RestPath long account, @RestPath long token) {
    var label =
        tokens.list(signedIn.viewer(), account).stream()
            .filter(info -> info.id() == token)
            .map(ApiTokenInfo::label)
            .findFirst()
            .orElseThrow(TokenPages::unknown);
    return new Removal(
        page(account, "Revoke an API token"),
        "API token",
        label,
        List.of("Programs that use it can no longer sign in"),
        false,
        "/accounts/" + account + "/tokens/" + token + "/revoke",
        back(account),
        Form.empty());
  }

  private static DirectoryProblem unknown() {
    return new DirectoryProblem(DirectoryProblem.Kind.NOT_FOUND, "", "There is no such token.");
  }

  @POST
  @Path("{account}/tokens/{token}/revoke")
  public Response revoke(@RestPath long account, @RestPath long token) {
    tokens.revoke(signedIn.viewer(), token);
    return pages.done(back(account), "The token was revoked.");
  }

  private Page page(long account, String title) {
    return pages.page(title, isOwn(account) ? Page.Section.MY_ACCOUNT : Page.Section.ACCOUNTS);
  }

  private boolean isOwn(long account) {
    return signedIn.viewer().accountId() == account;
  }

  private String back(long account) {
    return isOwn(account) ? "/account" : "/accounts/" + account;
  }
}
