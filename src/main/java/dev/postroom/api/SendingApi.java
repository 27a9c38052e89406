package dev.postroom.api;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Domains;
import dev.postroom.directory.Mailboxes;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import dev.postroom.sending.Allowances;
import dev.postroom.sending.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Limits of sending, and what was sent. */
@Path(ApiDefinition.PATH + "/sending")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Sending")
public class SendingApi {
  private static final String SHOW = "Show what may be sent, and what was";
  private static final String SET =
      "Replaces what was set. Customers may narrow their plan for a domain or mailbox; what their"
          + " provider set is the provider's to change.";

  private final Caller caller;
  private final Allowances allowances;
  private final Domains domains;
  private final Mailboxes mailboxes;

  SendingApi(Caller caller, Allowances allowances, Domains domains, Mailboxes mailboxes) {
    this.caller = caller;
    this.allowances = allowances;
    this.domains = domains;
    this.mailboxes = mailboxes;
  }

  @GET
  @Path("accounts/{id: \\d+}")
  @Operation(summary = SHOW + " by an account", description = "A reseller's counts its customers.")
  public SendingJson account(@PathParam("id") long id) {
    return show(Scope.account(id));
  }

  @PUT
  @Path("accounts/{id: \\d+}")
  @Operation(summary = "Set an account's limits of sending", description = SET)
  public SendingJson setAccount(@PathParam("id") long id, SendingJson.@Nullable Four body) {
    return set(Scope.account(id), body);
  }

  @GET
  @Path("domains/{domain}")
  @Operation(summary = SHOW + " by a domain's mailboxes")
  public SendingJson domain(@PathParam("domain") String domain) {
    return show(scope(domain));
  }

  @PUT
  @Path("domains/{domain}")
  @Operation(summary = "Set a domain's limits of sending", description = SET)
  public SendingJson setDomain(
      @PathParam("domain") String domain, SendingJson.@Nullable Four body) {
    return set(scope(domain), body);
  }

  private Scope scope(String domain) {
    return Scope.domain(domains.findByName(caller.viewer(), Names.domain(domain)).id());
  }

  @GET
  @Path("mailboxes/{address}")
  @Operation(summary = SHOW + " by a mailbox")
  public SendingJson mailbox(@PathParam("address") String address) {
    return show(mailboxScope(address));
  }

  @PUT
  @Path("mailboxes/{address}")
  @Operation(summary = "Set a mailbox's limits of sending", description = SET)
  public SendingJson setMailbox(
      @PathParam("address") String address, SendingJson.@Nullable Four body) {
    return set(mailboxScope(address), body);
  }

  private Scope mailboxScope(String address) {
    try {
      var found = mailboxes.findByAddress(caller.viewer(), MailAddress.parse(address));
      return Scope.mailbox(found.id());
    } catch (InvalidAddressException _) {
      throw new DirectoryProblem(DirectoryProblem.Kind.NOT_FOUND, "", "There is no such mailbox.");
    }
  }

  private SendingJson show(Scope scope) {
    return SendingJson.of(allowances.find(caller.viewer(), scope));
  }

  private SendingJson set(Scope scope, SendingJson.@Nullable Four body) {
    return SendingJson.of(allowances.change(caller.viewer(), scope, Body.of(body).limits()));
  }
}
