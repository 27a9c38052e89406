package dev.postroom.api;

import dev.postroom.queue.Outbox;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What waits for other servers. */
@Path(ApiDefinition.PATH + "/queue")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Queue")
public class QueueApi {
  private final Caller caller;
  private final Outbox outbox;

  QueueApi(Caller caller, Outbox outbox) {
    this.caller = caller;
    this.outbox = outbox;
  }

  @GET
  @Operation(
      summary = "List waiting messages",
      description = "The oldest first. The search is in sender and recipient.")
  public PageJson<QueuedJson> list(@BeanParam PageParams page) {
    return PageJson.of(outbox.list(caller.viewer(), page.request()), QueuedJson::of);
  }
}
