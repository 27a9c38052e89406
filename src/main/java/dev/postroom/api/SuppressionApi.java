package dev.postroom.api;

import dev.postroom.bulk.Suppressions;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The addresses that get no bulk mail of an account. */
@Path(ApiDefinition.PATH + "/accounts/{account: \\d+}/suppressions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Bulk")
public class SuppressionApi {
  private final Caller caller;
  private final Suppressions suppressions;

  SuppressionApi(Caller caller, Suppressions suppressions) {
    this.caller = caller;
    this.suppressions = suppressions;
  }

  @GET
  @Operation(
      summary = "List the addresses that get no bulk mail",
      description = "By address. Ordinary mail to them is always tried.")
  public PageJson<SuppressionJson> list(
      @PathParam("account") long account, @BeanParam PageParams page) {
    return PageJson.of(
        suppressions.list(caller.viewer(), account, page.request()), SuppressionJson::of);
  }

  @POST
  @Operation(summary = "Put addresses on the list", description = "At most 100,000 at once.")
  public void add(@PathParam("account") long account, SuppressionJson.@Nullable New body) {
    var wanted = Body.of(body);
    suppressions.add(
        caller.viewer(),
        account,
        Body.addresses("addresses", wanted.addresses()),
        Body.or(wanted.detail(), ""));
  }

  @DELETE
  @Path("{address}")
  @Operation(summary = "Take an address off the list")
  public void remove(@PathParam("account") long account, @PathParam("address") String address) {
    suppressions.remove(caller.viewer(), account, parsed(address));
  }

  private static MailAddress parsed(String address) {
    try {
      return MailAddress.parse(address);
    } catch (InvalidAddressException _) {
      throw new DirectoryProblem(DirectoryProblem.Kind.NOT_FOUND, "", "It is not on the list.");
    }
  }
}
