package dev.postroom.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whose token is this? */
@Path(ApiDefinition.PATH + "/me")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Accounts")
public class MeApi {
  private final Caller caller;

  MeApi(Caller caller) {
    this.caller = caller;
  }

  @GET
  @Operation(summary = "Tell whose token this is")
  public MeJson me() {
    return MeJson.of(caller.viewer());
  }
}
