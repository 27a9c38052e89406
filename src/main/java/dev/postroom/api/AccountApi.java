package dev.postroom.api;

import dev.postroom.auth.PasswordHash;
import dev.postroom.auth.Passwords;
import dev.postroom.directory.AccountInfo;
import dev.postroom.directory.Accounts;
import dev.postroom.directory.Transactions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Accounts. */
@Path(ApiDefinition.PATH + "/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Accounts")
public class AccountApi {
  private final Caller caller;
  private final Accounts accounts;
  private final Passwords passwords;
  private final Transactions transactions;

  AccountApi(Caller caller, Accounts accounts, Passwords passwords, Transactions transactions) {
    this.caller = caller;
    this.accounts = accounts;
    this.passwords = passwords;
    this.transactions = transactions;
  }

  @GET
  @Operation(summary = "List accounts", description = "By login. The search is in login and name.")
  public PageJson<AccountJson> list(@BeanParam PageParams page) {
    return PageJson.of(accounts.list(caller.viewer(), page.request()), AccountJson::of);
  }

  @POST
  @Operation(summary = "Create an account")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content = @Content(schema = @Schema(implementation = AccountJson.class)))
  public RestResponse<AccountJson> create(AccountJson.@Nullable New body) {
    var wanted = Body.of(body);
    var login = Body.required("login", wanted.login());
    var name = Body.or(wanted.name(), "");
    var hash =
        wanted.password() == null ? null : passwords.hash(wanted.password(), List.of(login, name));
    var account = transactions.call(() -> create(wanted, login, name, hash));
    return RestResponse.ResponseBuilder.<AccountJson>created(
            URI.create(ApiDefinition.PATH + "/accounts/" + account.id()))
        .entity(AccountJson.of(account))
        .build();
  }

  private AccountInfo create(
      AccountJson.New wanted, String login, String name, @Nullable PasswordHash hash) {
    var account =
        accounts.create(
            caller.viewer(), wanted.asRole(), login, name, wanted.planId(), wanted.parentId());
    if (hash != null) {
      passwords.setForAccount(caller.viewer(), account.id(), hash);
    }
    return account;
  }

  @GET
  @Path("{id: \\d+}")
  @Operation(summary = "Show an account")
  public AccountJson find(@PathParam("id") long id) {
    return AccountJson.of(accounts.find(caller.viewer(), id));
  }

  @PATCH
  @Path("{id: \\d+}")
  @Operation(summary = "Change an account", description = "What is left out stays.")
  public AccountJson change(@PathParam("id") long id, AccountJson.@Nullable Change body) {
    var change = Body.of(body);
    return transactions.call(
        () -> {
          var now = accounts.find(caller.viewer(), id);
          return AccountJson.of(
              accounts.update(
                  caller.viewer(), id, Body.or(change.name(), now.name()), change.planId(now)));
        });
  }

  @DELETE
  @Path("{id: \\d+}")
  @Operation(
      summary = "Remove an account",
      description = "With its domains, mailboxes and their mail.")
  public void remove(@PathParam("id") long id) {
    accounts.remove(caller.viewer(), id);
  }

  @PUT
  @Path("{id: \\d+}/suspension")
  @Operation(summary = "Suspend an account, or lift its suspension")
  public AccountJson suspend(@PathParam("id") long id, @Nullable SuspensionJson body) {
    return AccountJson.of(accounts.suspend(caller.viewer(), id, Body.of(body).suspension()));
  }

  @GET
  @Path("{id: \\d+}/use")
  @Operation(
      summary = "Show what an account has, beside what its plan allows",
      description = "A reseller's plan and use include those of its customers.")
  public AccountJson.Use use(@PathParam("id") long id) {
    return AccountJson.Use.of(accounts.use(caller.viewer(), id));
  }

  @PUT
  @Path("{id: \\d+}/password")
  @Operation(summary = "Set an account's password")
  public void password(@PathParam("id") long id, @Nullable PasswordJson body) {
    passwords.setForAccount(
        caller.viewer(), id, Body.required("password", Body.of(body).password()));
  }
}
