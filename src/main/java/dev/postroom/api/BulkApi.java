package dev.postroom.api;

import dev.postroom.bulk.BulkJobs;
import dev.postroom.bulk.BulkSubmission;
import dev.postroom.bulk.JobState;
import dev.postroom.bulk.RecipientState;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** One message to many recipients, each job by an id that the caller chooses. */
@Path(ApiDefinition.PATH + "/bulk")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Bulk")
public class BulkApi {
  private static final String WHOSE = "The account of the job; left out: the caller's own.";

  private final Caller caller;
  private final BulkJobs jobs;
  private final BulkSubmission submission;

  BulkApi(Caller caller, BulkJobs jobs, BulkSubmission submission) {
    this.caller = caller;
    this.jobs = jobs;
    this.submission = submission;
  }

  @GET
  @Operation(summary = "List jobs", description = "The newest first. The search is not looked at.")
  public PageJson<BulkJson> list(@BeanParam PageParams page) {
    return PageJson.of(jobs.list(caller.viewer(), page.request()), BulkJson::of);
  }

  @PUT
  @Path("{id}")
  @Operation(
      summary = "Send a message to many",
      description =
          "Answers when the job is durable; it is sent afterwards, at its rate and within the"
              + " sender's limits. Repeating it changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "The same was asked before",
      content = @Content(schema = @Schema(implementation = BulkJson.class)))
  @APIResponse(
      responseCode = "201",
      description = "Accepted",
      content = @Content(schema = @Schema(implementation = BulkJson.class)))
  public RestResponse<BulkJson> submit(@PathParam("id") String id, BulkJson.@Nullable New body) {
    var accepted = submission.submit(caller.viewer(), Body.of(body).request(id));
    var json = BulkJson.of(jobs.find(caller.viewer(), accepted.job().id()));
    return accepted.created()
        ? RestResponse.ResponseBuilder.<BulkJson>created(
                URI.create(ApiDefinition.PATH + "/bulk/" + Names.segment(id)))
            .entity(json)
            .build()
        : RestResponse.ok(json);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a job with its progress")
  public BulkJson find(
      @PathParam("id") String id,
      @Parameter(description = WHOSE) @QueryParam("account") @Nullable Long account) {
    return BulkJson.of(one(id, account));
  }

  private BulkJobs.View one(String id, @Nullable Long account) {
    var viewer = caller.viewer();
    return jobs.find(viewer, account == null ? viewer.accountId() : account, id);
  }

  @PUT
  @Path("{id}/state")
  @Operation(
      summary = "Pause, resume or cancel a job",
      description = "What is in the queue already goes on.")
  public BulkJson state(
      @PathParam("id") String id,
      @Parameter(description = WHOSE) @QueryParam("account") @Nullable Long account,
      BulkJson.@Nullable State body) {
    JobState wanted = Body.of(body).asState();
    long job = one(id, account).job().id();
    var viewer = caller.viewer();
    return BulkJson.of(
        switch (wanted) {
          case RUNNING -> jobs.resume(viewer, job);
          case PAUSED -> jobs.pause(viewer, job);
          case CANCELLED -> jobs.cancel(viewer, job);
          case DONE -> throw new IllegalStateException("nobody asks for that");
        });
  }

  @GET
  @Path("{id}/recipients")
  @Operation(
      summary = "List a job's recipients in one state",
      description = "In the order in which they were given. The search is not looked at.")
  public PageJson<BulkJson.To> recipients(
      @PathParam("id") String id,
      @Parameter(description = WHOSE) @QueryParam("account") @Nullable Long account,
      @Parameter(description = "waiting, queued, sent, failed, suppressed, cancelled or unknown")
          @QueryParam("state")
          @DefaultValue("failed")
          String state,
      @BeanParam PageParams page) {
    long job = one(id, account).job().id();
    return PageJson.of(
        jobs.recipients(caller.viewer(), job, asState(state), page.request()), BulkJson.To::of);
  }

  private static RecipientState asState(String text) {
    try {
      return RecipientState.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw Body.invalid("state", "There is no such state.");
    }
  }
}
