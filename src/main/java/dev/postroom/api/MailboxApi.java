package dev.postroom.api;

import dev.postroom.auth.PasswordHash;
import dev.postroom.auth.Passwords;
import dev.postroom.directory.Domains;
import dev.postroom.directory.MailboxInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Transactions;
import dev.postroom.store.MailStore;
import dev.postroom.store.Usage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The mailboxes of a domain, each by the part of its address before the @. */
@Path(ApiDefinition.PATH + "/domains/{domain}/mailboxes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Mailboxes")
public class MailboxApi {
  private final Caller caller;
  private final Domains domains;
  private final Mailboxes mailboxes;
  private final Passwords passwords;
  private final MailStore store;
  private final Transactions transactions;

  MailboxApi(
      Caller caller,
      Domains domains,
      Mailboxes mailboxes,
      Passwords passwords,
      MailStore store,
      Transactions transactions) {
    this.caller = caller;
    this.domains = domains;
    this.mailboxes = mailboxes;
    this.passwords = passwords;
    this.store = store;
    this.transactions = transactions;
  }

  @GET
  @Operation(
      summary = "List a domain's mailboxes",
      description = "By address, with what each holds.")
  public PageJson<MailboxJson> list(
      @PathParam("domain") String domain, @BeanParam PageParams page) {
    var request = page.request();
    var listing = mailboxes.list(caller.viewer(), domainId(domain), request);
    var usage = store.usage(listing.items().stream().map(MailboxInfo::id).toList());
    return PageJson.of(
        listing, mailbox -> MailboxJson.of(mailbox, usage.getOrDefault(mailbox.id(), Usage.EMPTY)));
  }

  @GET
  @Path("{local}")
  @Operation(summary = "Show a mailbox")
  public MailboxJson find(@PathParam("domain") String domain, @PathParam("local") String local) {
    return json(one(domain, local));
  }

  @PUT
  @Path("{local}")
  @Operation(
      summary = "Create or replace a mailbox",
      description =
          "Repeating it changes nothing. Its mail and its suspension stay, and its password when"
              + " none is given.")
  @APIResponse(
      responseCode = "200",
      description = "It existed before",
      content = @Content(schema = @Schema(implementation = MailboxJson.class)))
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content = @Content(schema = @Schema(implementation = MailboxJson.class)))
  public RestResponse<MailboxJson> put(
      @PathParam("domain") String domain,
      @PathParam("local") String local,
      MailboxJson.@Nullable New body) {
    var wanted = Body.of(body);
    var name = Body.or(wanted.displayName(), "");
    var hash = hash(wanted.password(), local + "@" + domain, name);
    boolean detailFolders = Body.or(wanted.detailFolders(), false);
    long domainId = domainId(domain);
    var saved =
        Saved.put(
            transactions,
            () -> one(domain, local),
            () ->
                with(
                    mailboxes.create(caller.viewer(), domainId, local, name, wanted.quotaOctets()),
                    detailFolders,
                    hash),
            now ->
                with(
                    mailboxes.update(
                        caller.viewer(),
                        now.id(),
                        name,
                        Body.or(wanted.quotaOctets(), mailboxes.defaultQuotaOctets())),
                    detailFolders,
                    hash));
    return saved.answer(json(saved.value()), location(saved.value()));
  }

  private @Nullable PasswordHash hash(
      @Nullable String password, String address, String displayName) {
    return password == null
        ? null
        : passwords.hashForMailbox(address, password, List.of(displayName));
  }

  private MailboxInfo with(
      MailboxInfo mailbox, boolean detailFolders, @Nullable PasswordHash hash) {
    if (hash != null) {
      passwords.setForMailbox(caller.viewer(), mailbox.id(), hash);
    }
    return mailboxes.fileByDetail(caller.viewer(), mailbox.id(), detailFolders);
  }

  @PATCH
  @Path("{local}")
  @Operation(summary = "Change a mailbox", description = "What is left out stays.")
  public MailboxJson change(
      @PathParam("domain") String domain,
      @PathParam("local") String local,
      MailboxJson.@Nullable Change body) {
    var change = Body.of(body);
    return json(
        transactions.call(
            () -> {
              var now = one(domain, local);
              mailboxes.update(
                  caller.viewer(),
                  now.id(),
                  Body.or(change.displayName(), now.displayName()),
                  Body.or(change.quotaOctets(), now.quotaOctets()));
              return mailboxes.fileByDetail(
                  caller.viewer(), now.id(), Body.or(change.detailFolders(), now.detailFolders()));
            }));
  }

  @DELETE
  @Path("{local}")
  @Operation(summary = "Remove a mailbox", description = "With its mail.")
  public void remove(@PathParam("domain") String domain, @PathParam("local") String local) {
    mailboxes.remove(caller.viewer(), one(domain, local).id());
  }

  @PUT
  @Path("{local}/password")
  @Operation(summary = "Set a mailbox's password")
  public void password(
      @PathParam("domain") String domain,
      @PathParam("local") String local,
      @Nullable PasswordJson body) {
    passwords.setForMailbox(
        caller.viewer(),
        one(domain, local).id(),
        Body.required("password", Body.of(body).password()));
  }

  @PUT
  @Path("{local}/suspension")
  @Operation(summary = "Suspend a mailbox, or lift its suspension")
  public MailboxJson suspend(
      @PathParam("domain") String domain,
      @PathParam("local") String local,
      @Nullable SuspensionJson body) {
    return json(
        mailboxes.suspend(caller.viewer(), one(domain, local).id(), Body.of(body).suspension()));
  }

  private long domainId(String domain) {
    return domains.findByName(caller.viewer(), Names.domain(domain)).id();
  }

  private MailboxInfo one(String domain, String local) {
    return mailboxes.findByAddress(caller.viewer(), Names.address(local, domain));
  }

  private MailboxJson json(MailboxInfo mailbox) {
    var usage = store.usage(Set.of(mailbox.id()));
    return MailboxJson.of(mailbox, usage.getOrDefault(mailbox.id(), Usage.EMPTY));
  }

  private static URI location(MailboxInfo mailbox) {
    return URI.create(
        ApiDefinition.PATH
            + "/domains/"
            + mailbox.address().domain().ascii()
            + "/mailboxes/"
            + Names.segment(mailbox.address().localPart()));
  }
}
