package dev.postroom.panel;

import dev.postroom.directory.AccountInfo;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.Suspension;
import dev.postroom.web.Form;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
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

/** Suspending an account, and removing it. */
@Path("/accounts")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class AccountEndPages {
  private final Pages pages;
  private final SignedIn signedIn;
  private final Accounts accounts;

  AccountEndPages(Pages pages, SignedIn signedIn, Accounts accounts) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.accounts = accounts;
  }

  @GET
  @Path("{id}/suspend")
  public TemplateInstance suspendForm(@RestPath long id) {
    Managers.require(signedIn);
    var account = accounts.find(signedIn.viewer(), id);
    return suspension(account, SuspensionForm.filled(account.suspension()));
  }

  private TemplateInstance suspension(AccountInfo account, Form form) {
    return new SuspensionForm(
        page("Suspend " + account.login()),
        "account",
        account.login(),
        "/accounts/" + account.id() + "/suspend",
        "/accounts/" + account.id(),
        account.suspension().isActive(),
        form);
  }

  @POST
  @Path("{id}/suspend")
  public Response suspend(@RestPath long id, MultivaluedMap<String, String> fields) {
    Managers.require(signedIn);
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          var account = accounts.suspend(viewer, id, SuspensionForm.read(form));
          return pages.done(
              "/accounts/" + id,
              "Suspended for %s: %s."
                  .formatted(account.login(), SuspensionForm.words(account.suspension())));
        },
        () -> suspension(accounts.find(viewer, id), form));
  }

  @POST
  @Path("{id}/resume")
  public Response resume(@RestPath long id) {
    Managers.require(signedIn);
    var account = accounts.suspend(signedIn.viewer(), id, Suspension.NONE);
    return pages.done("/accounts/" + id, "%s is no longer suspended.".formatted(account.login()));
  }

  @GET
  @Path("{id}/remove")
  public TemplateInstance removeForm(@RestPath long id) {
    Managers.require(signedIn);
    return removal(accounts.find(signedIn.viewer(), id), Form.empty());
  }

  private TemplateInstance removal(AccountInfo account, Form form) {
    var use = accounts.use(signedIn.viewer(), account.id());
    return new Removal(
        page("Remove " + account.login()),
        "account",
        account.login(),
        List.of(
            Words.count(use.domains(), "domain", "domains"),
            Words.count(use.mailboxes(), "mailbox", "mailboxes") + " with all their mail",
            Words.count(use.forwarders(), "forwarder", "forwarders"),
            "Its login and its API tokens"),
        true,
        "/accounts/" + account.id() + "/remove",
        "/accounts/" + account.id(),
        form);
  }

  @POST
  @Path("{id}/remove")
  public Response remove(@RestPath long id, MultivaluedMap<String, String> fields) {
    Managers.require(signedIn);
    var viewer = signedIn.viewer();
    var account = accounts.find(viewer, id);
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          Removal.requireTyped(form, account.login());
          accounts.remove(viewer, id);
          return pages.done("/accounts", "Account %s was removed.".formatted(account.login()));
        },
        () -> removal(account, form));
  }

  private Page page(String title) {
    return pages.page(title, Page.Section.ACCOUNTS);
  }
}
