package dev.postroom.api;

import dev.postroom.guard.ClientRules;
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
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Clients that are let in, turned away and banned; for administrators. */
@Path(ApiDefinition.PATH + "/clients")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Clients")
public class ClientApi {
  private final Caller caller;
  private final ClientRules clients;

  ClientApi(Caller caller, ClientRules clients) {
    this.caller = caller;
    this.clients = clients;
  }

  @GET
  @Operation(
      summary = "List clients that are let in, turned away and banned",
      description = "The newest first. Bans that have ended are left out.")
  public PageJson<ClientJson> list(@BeanParam PageParams page) {
    return PageJson.of(clients.list(caller.viewer(), page.request()), ClientJson::of);
  }

  @POST
  @Operation(
      summary = "Let a network in, or turn it away, until it is removed",
      description = "Replaces what holds for the same network.")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content = @Content(schema = @Schema(implementation = ClientJson.class)))
  public RestResponse<ClientJson> add(ClientJson.@Nullable New body) {
    var wanted = Body.of(body);
    var rule =
        clients.add(
            caller.viewer(),
            Body.required("network", wanted.network()),
            wanted.asKind(),
            Body.or(wanted.reason(), ""));
    return RestResponse.ResponseBuilder.<ClientJson>created(
            URI.create(ApiDefinition.PATH + "/clients/" + rule.id()))
        .entity(ClientJson.of(rule))
        .build();
  }

  @DELETE
  @Path("{id: \\d+}")
  @Operation(summary = "Lift a ban, or take an entry back")
  public void remove(@PathParam("id") long id) {
    clients.remove(caller.viewer(), id);
  }
}
