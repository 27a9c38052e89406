package dev.postroom.api;

import dev.postroom.audit.AuditTrail;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who did what. */
@Path(ApiDefinition.PATH + "/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Audit log")
public class AuditApi {
  private final Caller caller;
  private final AuditTrail trail;

  AuditApi(Caller caller, AuditTrail trail) {
    this.caller = caller;
    this.trail = trail;
  }

  @GET
  @Operation(
      summary = "List what was done",
      description =
          "The newest first: an account's own matters, a reseller's with its customers', or all."
              + " The search is in action, subject, actor and detail.")
  public PageJson<AuditJson> list(@BeanParam PageParams page) {
    return PageJson.of(trail.list(caller.viewer(), page.request()), AuditJson::of);
  }
}
