package dev.postroom.api;

import dev.postroom.directory.Domains;
import dev.postroom.directory.ForwarderInfo;
import dev.postroom.directory.Forwarders;
import dev.postroom.directory.Transactions;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The forwarders of a domain, each by the part of its address before the @. */
@Path(ApiDefinition.PATH + "/domains/{domain}/forwarders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Forwarders")
public class ForwarderApi {
  private final Caller caller;
  private final Domains domains;
  private final Forwarders forwarders;
  private final Transactions transactions;

  ForwarderApi(Caller caller, Domains domains, Forwarders forwarders, Transactions transactions) {
    this.caller = caller;
    this.domains = domains;
    this.forwarders = forwarders;
    this.transactions = transactions;
  }

  @GET
  @Operation(summary = "List a domain's forwarders", description = "By address.")
  public PageJson<ForwarderJson> list(
      @PathParam("domain") String domain, @BeanParam PageParams page) {
    var request = page.request();
    return PageJson.of(
        forwarders.list(caller.viewer(), domainId(domain), request), ForwarderJson::of);
  }

  @GET
  @Path("{local}")
  @Operation(summary = "Show a forwarder")
  public ForwarderJson find(@PathParam("domain") String domain, @PathParam("local") String local) {
    return ForwarderJson.of(one(domain, local));
  }

  @PUT
  @Path("{local}")
  @Operation(
      summary = "Create or replace a forwarder",
      description =
          "Repeating it changes nothing. Targets that are one mailbox are folded. Targets elsewhere"
              + " are asked by mail before mail flows to them; see Destinations.")
  @APIResponse(
      responseCode = "200",
      description = "It existed before",
      content = @Content(schema = @Schema(implementation = ForwarderJson.class)))
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content = @Content(schema = @Schema(implementation = ForwarderJson.class)))
  public RestResponse<ForwarderJson> put(
      @PathParam("domain") String domain,
      @PathParam("local") String local,
      ForwarderJson.@Nullable New body) {
    var wanted = Body.of(body);
    var targets = Body.addresses("targets", wanted.targets());
    boolean keepCopy = Body.or(wanted.keepCopy(), false);
    boolean vouched = Body.or(wanted.vouched(), false);
    long domainId = domainId(domain);
    var saved =
        Saved.put(
            transactions,
            () -> one(domain, local),
            () -> forwarders.create(caller.viewer(), domainId, local, targets, keepCopy, vouched),
            now -> forwarders.update(caller.viewer(), now.id(), targets, keepCopy, vouched));
    return saved.answer(ForwarderJson.of(saved.value()), location(saved.value()));
  }

  @PATCH
  @Path("{local}")
  @Operation(summary = "Change a forwarder", description = "What is left out stays.")
  public ForwarderJson change(
      @PathParam("domain") String domain,
      @PathParam("local") String local,
      ForwarderJson.@Nullable New body) {
    var change = Body.of(body);
    return ForwarderJson.of(
        transactions.call(
            () -> {
              var now = one(domain, local);
              var targets =
                  change.targets() == null
                      ? now.targets()
                      : Body.addresses("targets", change.targets());
              return forwarders.update(
                  caller.viewer(),
                  now.id(),
                  targets,
                  Body.or(change.keepCopy(), now.keepCopy()),
                  Body.or(change.vouched(), false));
            }));
  }

  @DELETE
  @Path("{local}")
  @Operation(summary = "Remove a forwarder")
  public void remove(@PathParam("domain") String domain, @PathParam("local") String local) {
    forwarders.remove(caller.viewer(), one(domain, local).id());
  }

  private long domainId(String domain) {
    return domains.findByName(caller.viewer(), Names.domain(domain)).id();
  }

  private ForwarderInfo one(String domain, String local) {
    return forwarders.findByAddress(caller.viewer(), Names.address(local, domain));
  }

  private static URI location(ForwarderInfo forwarder) {
    return URI.create(
        ApiDefinition.PATH
            + "/domains/"
            + forwarder.address().domain().ascii()
            + "/forwarders/"
            + Names.segment(forwarder.address().localPart()));
  }
}
