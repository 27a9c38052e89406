package dev.postroom.api;

import dev.postroom.directory.Destinations;
import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.Domains;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Where the forwarders and the catch-all of a domain lead, each by its address. What an address
 * elsewhere has agreed to holds for all domains of the account.
 */
@Path(ApiDefinition.PATH + "/domains/{domain}/destinations/{address}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Destinations")
public class DestinationApi {
  private final Caller caller;
  private final Domains domains;
  private final Destinations destinations;

  DestinationApi(Caller caller, Domains domains, Destinations destinations) {
    this.caller = caller;
    this.domains = domains;
    this.destinations = destinations;
  }

  @GET
  @Operation(summary = "Show whether mail is forwarded to an address")
  public DestinationJson find(
      @PathParam("domain") String domain, @PathParam("address") String address) {
    return DestinationJson.of(
        destinations.find(caller.viewer(), domainId(domain), address(address)));
  }

  @POST
  @Path("confirmation-mail")
  @Operation(
      summary = "Ask an address once more whether it wants the mail",
      description = "The link in an earlier mail is void then. A few mails a day at most.")
  public DestinationJson ask(
      @PathParam("domain") String domain, @PathParam("address") String address) {
    return DestinationJson.of(
        destinations.ask(caller.viewer(), domainId(domain), address(address)));
  }

  @PUT
  @Path("resumption")
  @Operation(
      summary = "Forward mail again to an address that was paused",
      description = "Repeating it changes nothing.")
  public DestinationJson resume(
      @PathParam("domain") String domain, @PathParam("address") String address) {
    return DestinationJson.of(
        destinations.resume(caller.viewer(), domainId(domain), address(address)));
  }

  private long domainId(String domain) {
    return domains.findByName(caller.viewer(), Names.domain(domain)).id();
  }

  private static MailAddress address(String segment) {
    try {
      return MailAddress.parse(segment);
    } catch (InvalidAddressException _) {
      throw new DirectoryProblem(
          DirectoryProblem.Kind.NOT_FOUND, "", "There is no such destination.");
    }
  }
}
