package dev.postroom.api;

import dev.postroom.auth.ApiTokenInfo;
import dev.postroom.auth.ApiTokens;
import dev.postroom.directory.DirectoryProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The API tokens of an account. */
@Path(ApiDefinition.PATH + "/accounts/{account: \\d+}/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Tokens")
public class TokenApi {
  private final Caller caller;
  private final ApiTokens tokens;

  TokenApi(Caller caller, ApiTokens tokens) {
    this.caller = caller;
    this.tokens = tokens;
  }

  @GET
  @Operation(summary = "List an account's tokens")
  public List<TokenJson> list(@PathParam("account") long account) {
    return tokens.list(caller.viewer(), account).stream().map(TokenJson::of).toList();
  }

  @POST
  @Operation(summary = "Create a token", description = "The only time that the token is shown.")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content = @Content(schema = @Schema(implementation = TokenJson.class)))
  public RestResponse<TokenJson> create(
      @PathParam("account") long account, TokenJson.@Nullable New body) {
    var label = Body.required("label", Body.of(body).label());
    var created = tokens.create(caller.viewer(), account, label);
    return RestResponse.ResponseBuilder.<TokenJson>created(
            URI.create(
                ApiDefinition.PATH + "/accounts/" + account + "/tokens/" + created.token().id()))
        .entity(TokenJson.of(created))
        .build();
  }

  @GET
  @Path("{token: \\d+}")
  @Operation(summary = "Show a token, without its secret")
  public TokenJson find(@PathParam("account") long account, @PathParam("token") long token) {
    return TokenJson.of(one(account, token));
  }

  @DELETE
  @Path("{token: \\d+}")
  @Operation(summary = "Revoke a token", description = "It is refused from now on.")
  public void revoke(@PathParam("account") long account, @PathParam("token") long token) {
    tokens.revoke(caller.viewer(), one(account, token).id());
  }

  private ApiTokenInfo one(long account, long token) {
    return tokens.list(caller.viewer(), account).stream()
        .filter(known -> known.id() == token)
        .findFirst()
        .orElseThrow(
            () ->
                new DirectoryProblem(
                    DirectoryProblem.Kind.NOT_FOUND, "", "There is no such token."));
  }
}
