package dev.postroom.api;

import dev.postroom.queue.Outbox;
import dev.postroom.queue.QueueActions;
import dev.postroom.queue.QueueInspection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What waits for other servers, and what can be done about it. */
@Path(ApiDefinition.PATH + "/queue")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Queue")
public class QueueApi {
  private final Caller caller;
  private final Outbox outbox;
  private final QueueInspection inspection;
  private final QueueActions actions;

  QueueApi(Caller caller, Outbox outbox, QueueInspection inspection, QueueActions actions) {
    this.caller = caller;
    this.outbox = outbox;
    this.inspection = inspection;
    this.actions = actions;
  }

  @GET
  @Operation(
      summary = "List waiting messages",
      description = "The oldest first. The search is in sender and recipient.")
  public PageJson<QueuedJson> list(@BeanParam QueueParams wanted, @BeanParam PageParams page) {
    var request = page.request();
    return PageJson.of(
        outbox.list(caller.viewer(), wanted.selection(request.search()), request), QueuedJson::of);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Show a waiting message")
  public QueueMessageJson show(@PathParam("id") long id) {
    return QueueMessageJson.of(inspection.details(caller.viewer(), id));
  }

  @POST
  @Path("actions")
  @Operation(
      summary = "Hold, release, retry, reroute or drop messages",
      description =
          "All that agree with everything that is said, among those that the caller sees."
              + " Repeating it does nothing more: what is held stays held, what is gone is gone."
              + " Only administrators reroute.")
  public QueueActionJson.Result act(@Nullable QueueActionJson body) {
    var wanted = Body.of(body);
    return QueueActionJson.Result.of(
        actions.act(caller.viewer(), wanted.selection(), wanted.wanted()));
  }
}
