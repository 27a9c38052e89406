package dev.postroom.api;

import dev.postroom.directory.DomainInfo;
import dev.postroom.directory.Domains;
import dev.postroom.dnscheck.ControlCheck;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Domains, each by its name, internationalised or not. */
@Path(ApiDefinition.PATH + "/domains")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Domains")
public class DomainApi {
  private final Caller caller;
  private final Domains domains;
  private final ControlCheck controlCheck;

  DomainApi(Caller caller, Domains domains, ControlCheck controlCheck) {
    this.caller = caller;
    this.domains = domains;
    this.controlCheck = controlCheck;
  }

  @GET
  @Operation(summary = "List domains", description = "By name.")
  public PageJson<DomainJson> list(@BeanParam PageParams page) {
    return PageJson.of(domains.list(caller.viewer(), page.request()), DomainJson::of);
  }

  @POST
  @Operation(
      summary = "Create a domain",
      description =
          "A customer's takes no mail before its control is proven; one that a reseller or an"
              + " administrator creates is vouched for.")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content = @Content(schema = @Schema(implementation = DomainJson.class)))
  public RestResponse<DomainJson> create(DomainJson.@Nullable New body) {
    var wanted = Body.of(body);
    var domain =
        domains.create(caller.viewer(), Body.domain("name", wanted.name()), wanted.accountId());
    return RestResponse.ResponseBuilder.<DomainJson>created(
            URI.create(ApiDefinition.PATH + "/domains/" + domain.name().ascii()))
        .entity(DomainJson.of(domain))
        .build();
  }

  @GET
  @Path("{domain}")
  @Operation(summary = "Show a domain")
  public DomainJson find(@PathParam("domain") String name) {
    return DomainJson.of(one(name));
  }

  @DELETE
  @Path("{domain}")
  @Operation(summary = "Remove a domain", description = "With its mailboxes and their mail.")
  public void remove(@PathParam("domain") String name) {
    domains.remove(caller.viewer(), one(name).id());
  }

  @PUT
  @Path("{domain}/vouch")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Vouch for a domain",
      description = "For resellers and administrators: it takes mail from now on.")
  public DomainJson vouch(@PathParam("domain") String name) {
    return DomainJson.of(domains.vouch(caller.viewer(), one(name).id()));
  }

  @POST
  @Path("{domain}/control-check")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Look into the DNS for proof of control",
      description = "When it is found, the domain takes mail from now on.")
  public DomainJson.Check checkControl(@PathParam("domain") String name) {
    var domain = one(name);
    var result = controlCheck.check(caller.viewer(), domain.id());
    return DomainJson.Check.of(result, domains.find(caller.viewer(), domain.id()));
  }

  @PUT
  @Path("{domain}/catch-all")
  @Operation(
      summary = "Say where mail for unknown addresses goes",
      description = "An address elsewhere is asked by mail first; see Destinations.")
  public DomainJson catchAll(@PathParam("domain") String name, DomainJson.@Nullable Target body) {
    var wanted = Body.of(body);
    var target = wanted.target();
    return DomainJson.of(
        domains.catchAll(
            caller.viewer(),
            one(name).id(),
            target == null ? null : Body.address("target", target),
            Body.or(wanted.vouched(), false)));
  }

  @PUT
  @Path("{domain}/alias")
  @Operation(
      summary = "Make a domain an alias of another one",
      description =
          "Every address of the other domain works in this one, too, and its users may send as it."
              + " It must have no mailboxes, forwarders and groups of its own.")
  public DomainJson alias(@PathParam("domain") String name, DomainJson.@Nullable Alias body) {
    var of = Body.of(body).of();
    return DomainJson.of(
        domains.alias(caller.viewer(), one(name).id(), of == null ? null : Body.domain("of", of)));
  }

  @PUT
  @Path("{domain}/suspension")
  @Operation(summary = "Suspend a domain, or lift its suspension")
  public DomainJson suspend(@PathParam("domain") String name, @Nullable SuspensionJson body) {
    return DomainJson.of(
        domains.suspend(caller.viewer(), one(name).id(), Body.of(body).suspension()));
  }

  private DomainInfo one(String name) {
    return domains.findByName(caller.viewer(), Names.domain(name));
  }
}
