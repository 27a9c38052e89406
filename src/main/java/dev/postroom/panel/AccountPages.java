package dev.postroom.panel;

import dev.postroom.auth.ApiTokenInfo;
import dev.postroom.auth.ApiTokens;
import dev.postroom.auth.Passwords;
import dev.postroom.directory.AccountInfo;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.PlanInfo;
import dev.postroom.directory.Role;
import dev.postroom.directory.Transactions;
import dev.postroom.sending.Allowances;
import dev.postroom.sending.Scope;
import dev.postroom.web.Form;
import dev.postroom.web.Page;
import dev.postroom.web.PageErrors;
import dev.postroom.web.Pages;
import dev.postroom.web.SignedIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Accounts, for administrators and resellers: the list, adding one, its page. */
@Path("/accounts")
@PageErrors
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class AccountPages {
  private static final String NEW = "Add an account";

  @CheckedTemplate(
      basePath = "panel/accounts",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record AccountList(Page page, List<AccountInfo> accounts, String search, Pager pager)
      implements TemplateInstance {}

  @CheckedTemplate(
      basePath = "panel/accounts",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record AccountAdd(Page page, boolean administrator, List<PlanInfo> plans, Form form)
      implements TemplateInstance {}

  @CheckedTemplate(
      basePath = "panel/accounts",
      defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  record AccountShow(
      Page page,
      AccountInfo account,
      boolean self,
      PlanUse use,
      SendingUse sending,
      List<PlanInfo> plans,
      List<ApiTokenInfo> tokens,
      Form form,
      Form password,
      Form token)
      implements TemplateInstance {}

  private final Pages pages;
  private final SignedIn signedIn;
  private final Accounts accounts;
  private final PlanChoice plans;
  private final Allowances allowances;
  private final Passwords passwords;
  private final ApiTokens tokens;
  private final Transactions transactions;
  private final PanelConfig config;

  AccountPages(
      Pages pages,
      SignedIn signedIn,
      Accounts accounts,
      PlanChoice plans,
      Allowances allowances,
      Passwords passwords,
      ApiTokens tokens,
      Transactions transactions,
      PanelConfig config) {
    this.pages = pages;
    this.signedIn = signedIn;
    this.accounts = accounts;
    this.plans = plans;
    this.allowances = allowances;
    this.passwords = passwords;
    this.tokens = tokens;
    this.transactions = transactions;
    this.config = config;
  }

  @GET
  public TemplateInstance list(
      @RestQuery("q") @DefaultValue("") String search, @RestQuery @DefaultValue("1") int page) {
    Managers.require(signedIn);
    var listing =
        accounts.list(signedIn.viewer(), new PageRequest(search, page, config.pageSize()));
    return new AccountList(
        page("Accounts"),
        listing.items(),
        search,
        Pager.of(listing, "/accounts", Map.of("q", search)));
  }

  @GET
  @Path("new")
  public TemplateInstance add() {
    Managers.require(signedIn);
    return add(Form.empty().with("role", Role.CUSTOMER));
  }

  private TemplateInstance add(Form form) {
    return new AccountAdd(
        page(NEW),
        signedIn.viewer().role() == Role.ADMINISTRATOR,
        plans.offered(signedIn.viewer()),
        form);
  }

  @POST
  @Path("new")
  public Response create(MultivaluedMap<String, String> fields) {
    Managers.require(signedIn);
    var form = Form.of(fields);
    return pages.submit(form, () -> create(form), () -> add(form));
  }

  private Response create(Form form) {
    var viewer = signedIn.viewer();
    var role = role(form);
    var login = form.required("login", "Type a login, such as the customer's short name.");
    var name = form.text("name");
    var plan = PlanChoice.chosen(form);
    var parent = parent(form);
    var password = ChosenPassword.of(form, passwords);
    var hash = passwords.hash(password.text(), List.of(login, name));
    var account =
        transactions.call(
            () -> {
              var made = accounts.create(viewer, role, login, name, plan, parent);
              passwords.setForAccount(viewer, made.id(), hash);
              return made;
            });
    return pages.done(
        "/accounts/" + account.id(),
        password.notice("Account %s was added.".formatted(account.login())));
  }

  /** Resellers have no choice: their accounts are customers. */
  private static Role role(Form form) {
    return switch (form.value("role")) {
      case "ADMINISTRATOR" -> Role.ADMINISTRATOR;
      case "RESELLER" -> Role.RESELLER;
      default -> Role.CUSTOMER;
    };
  }

  private @Nullable Long parent(Form form) {
    var login = form.text("parentId");
    if (login.isEmpty()) {
      return null;
    }
    try {
      return accounts.findByLogin(signedIn.viewer(), login).id();
    } catch (DirectoryProblem _) {
      throw Form.invalid("parentId", "There is no reseller '%s'.".formatted(login));
    }
  }

  @GET
  @Path("{id}")
  public TemplateInstance show(@RestPath long id) {
    Managers.require(signedIn);
    var account = accounts.find(signedIn.viewer(), id);
    return show(account, filled(account), Form.empty(), Form.empty());
  }

  private static Form filled(AccountInfo account) {
    return Form.empty()
        .with("name", account.name())
        .with(PlanChoice.FIELD, account.planId() == null ? "" : account.planId());
  }

  private TemplateInstance show(AccountInfo account, Form form, Form password, Form token) {
    var viewer = signedIn.viewer();
    return new AccountShow(
        page(account.login()),
        account,
        account.id() == viewer.accountId(),
        PlanUse.of(accounts.use(viewer, account.id())),
        SendingUse.of(allowances.find(viewer, Scope.account(account.id()))),
        plans.offered(viewer),
        tokens.list(viewer, account.id()),
        form,
        password,
        token);
  }

  @POST
  @Path("{id}")
  public Response update(@RestPath long id, MultivaluedMap<String, String> fields) {
    Managers.require(signedIn);
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          accounts.update(viewer, id, form.text("name"), PlanChoice.chosen(form));
          return pages.done("/accounts/" + id, "Saved.");
        },
        () -> show(accounts.find(viewer, id), form, Form.empty(), Form.empty()));
  }

  @GET
  @Path("{id}/password")
  public Response passwordPage(@RestPath long id) {
    return pages.go("/accounts/" + id);
  }

  @POST
  @Path("{id}/password")
  public Response setPassword(@RestPath long id, MultivaluedMap<String, String> fields) {
    Managers.require(signedIn);
    var viewer = signedIn.viewer();
    var form = Form.of(fields);
    return pages.submit(
        form,
        () -> {
          Managers.requireOther(signedIn, id);
          var password = ChosenPassword.of(form, passwords);
          passwords.setForAccount(viewer, id, password.text());
          return pages.done("/accounts/" + id, password.notice("The password was changed."));
        },
        () -> {
          var account = accounts.find(viewer, id);
          return show(account, filled(account), form, Form.empty());
        });
  }

  private Page page(String title) {
    return pages.page(title, Page.Section.ACCOUNTS);
  }
}
