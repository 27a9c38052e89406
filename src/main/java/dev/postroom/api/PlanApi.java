package dev.postroom.api;

import dev.postroom.directory.Plans;
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

/** Plans. */
@Path(ApiDefinition.PATH + "/plans")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Plans")
public class PlanApi {
  private final Caller caller;
  private final Plans plans;

  PlanApi(Caller caller, Plans plans) {
    this.caller = caller;
    this.plans = plans;
  }

  @GET
  @Operation(summary = "List plans", description = "By name.")
  public PageJson<PlanJson> list(@BeanParam PageParams page) {
    return PageJson.of(plans.list(caller.viewer(), page.request()), PlanJson::of);
  }

  @POST
  @Operation(
      summary = "Create a plan",
      description = "An administrator's is for everybody, a reseller's for its own customers.")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content = @Content(schema = @Schema(implementation = PlanJson.class)))
  public RestResponse<PlanJson> create(PlanJson.@Nullable New body) {
    var wanted = Body.of(body);
    var plan =
        plans.create(
            caller.viewer(),
            Body.required("name", wanted.name()),
            Body.required("limits", wanted.limits()).limits());
    return RestResponse.ResponseBuilder.<PlanJson>created(
            URI.create(ApiDefinition.PATH + "/plans/" + plan.id()))
        .entity(PlanJson.of(plan))
        .build();
  }

  @GET
  @Path("{id: \\d+}")
  @Operation(summary = "Show a plan")
  public PlanJson find(@PathParam("id") long id) {
    return PlanJson.of(plans.find(caller.viewer(), id));
  }

  @PUT
  @Path("{id: \\d+}")
  @Operation(
      summary = "Replace a plan",
      description = "What accounts have beyond a lowered limit stays; nothing is added to it.")
  public PlanJson replace(@PathParam("id") long id, PlanJson.@Nullable New body) {
    var wanted = Body.of(body);
    return PlanJson.of(
        plans.update(
            caller.viewer(),
            id,
            Body.required("name", wanted.name()),
            Body.required("limits", wanted.limits()).limits()));
  }

  @DELETE
  @Path("{id: \\d+}")
  @Operation(summary = "Remove a plan", description = "Refused while accounts are on it.")
  public void remove(@PathParam("id") long id) {
    plans.remove(caller.viewer(), id);
  }
}
