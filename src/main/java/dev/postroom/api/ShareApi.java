package dev.postroom.api;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.ShareInfo;
import dev.postroom.directory.Shares;
import dev.postroom.directory.Transactions;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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

/** With whom a mailbox is shared, each by the address of a mailbox of the same customer. */
@Path(ApiDefinition.PATH + "/domains/{domain}/mailboxes/{local}/shares")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Shares")
public class ShareApi {
  private final Caller caller;
  private final Mailboxes mailboxes;
  private final Shares shares;
  private final Transactions transactions;

  ShareApi(Caller caller, Mailboxes mailboxes, Shares shares, Transactions transactions) {
    this.caller = caller;
    this.mailboxes = mailboxes;
    this.shares = shares;
    this.transactions = transactions;
  }

  @GET
  @Operation(
      summary = "List with whom a mailbox is shared",
      description = "By address, all of them: there are few.")
  public List<ShareJson> list(
      @PathParam("domain") String domain, @PathParam("local") String local) {
    return shares.list(caller.viewer(), mailbox(domain, local)).stream()
        .map(ShareJson::of)
        .toList();
  }

  @GET
  @Path("{address}")
  @Operation(summary = "Show a share")
  public ShareJson find(
      @PathParam("domain") String domain,
      @PathParam("local") String local,
      @PathParam("address") String address) {
    return ShareJson.of(one(mailbox(domain, local), address));
  }

  @PUT
  @Path("{address}")
  @Operation(
      summary = "Share a mailbox, or change how it is shared",
      description =
          "With a mailbox of the same customer. Repeating it changes nothing. It holds at once, in"
              + " open sessions, too.")
  @APIResponse(
      responseCode = "200",
      description = "It was shared before",
      content = @Content(schema = @Schema(implementation = ShareJson.class)))
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content = @Content(schema = @Schema(implementation = ShareJson.class)))
  public RestResponse<ShareJson> put(
      @PathParam("domain") String domain,
      @PathParam("local") String local,
      @PathParam("address") String address,
      ShareJson.@Nullable New body) {
    var wanted = Body.of(body);
    var level = ShareJson.level(Body.required("level", wanted.level()));
    boolean maySendAs = Body.or(wanted.maySendAs(), false);
    long mailboxId = mailbox(domain, local);
    var guest = guest(address);
    var saved =
        Saved.put(
            transactions,
            () -> one(mailboxId, address),
            () -> shares.put(caller.viewer(), mailboxId, guest, level, maySendAs),
            _ -> shares.put(caller.viewer(), mailboxId, guest, level, maySendAs));
    return saved.answer(ShareJson.of(saved.value()), location(domain, local, saved.value()));
  }

  @DELETE
  @Path("{address}")
  @Operation(
      summary = "Stop sharing a mailbox with somebody",
      description = "Takes back what a mail program has given in single folders, too.")
  public void remove(
      @PathParam("domain") String domain,
      @PathParam("local") String local,
      @PathParam("address") String address) {
    shares.remove(caller.viewer(), mailbox(domain, local), guest(address));
  }

  private long mailbox(String domain, String local) {
    return mailboxes.findByAddress(caller.viewer(), Names.address(local, domain)).id();
  }

  private ShareInfo one(long mailboxId, String address) {
    return shares.find(caller.viewer(), mailboxId, guest(address));
  }

  private static MailAddress guest(String address) {
    try {
      return MailAddress.parse(address);
    } catch (InvalidAddressException _) {
      throw new DirectoryProblem(DirectoryProblem.Kind.NOT_FOUND, "", "There is no such share.");
    }
  }

  private static URI location(String domain, String local, ShareInfo share) {
    return URI.create(
        ApiDefinition.PATH
            + "/domains/"
            + Names.domain(domain).ascii()
            + "/mailboxes/"
            + Names.segment(local)
            + "/shares/"
            + Names.segment(share.guest().toString()));
  }
}
