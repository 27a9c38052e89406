package dev.postroom.api;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.mail.TraceId;
import dev.postroom.trace.Outcome;
import dev.postroom.trace.TrailQuery;
import dev.postroom.trace.Trails;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What became of messages. */
@Path(ApiDefinition.PATH + "/trace")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@ProblemAnswers
@Tag(name = "Trace")
public class TraceApi {
  private static final int MAX_LIMIT = 500;

  private final Caller caller;
  private final Trails trails;

  TraceApi(Caller caller, Trails trails) {
    this.caller = caller;
    this.trails = trails;
  }

  @GET
  @Operation(
      summary = "Find messages",
      description =
          "A line for each recipient, the newest first. `after` is the `next` of the page before.")
  public TrailJson.Page find(
      @Parameter(description = "An address, a domain, or <> for reports.")
          @QueryParam("sender")
          @DefaultValue("")
          String sender,
      @Parameter(description = "An address or a domain.") @QueryParam("recipient") @DefaultValue("")
          String recipient,
      @QueryParam("trace") @DefaultValue("") String trace,
      @QueryParam("messageId") @DefaultValue("") String messageId,
      @Parameter(description = "The address of whoever brought it.")
          @QueryParam("client")
          @DefaultValue("")
          String client,
      @Parameter(description = "delivered, sent, forwarded, waiting, refused, returned, ...")
          @QueryParam("outcome")
          @DefaultValue("")
          String outcome,
      @Parameter(description = "Messages that came at that time or later.")
          @QueryParam("from")
          @DefaultValue("")
          String from,
      @Parameter(description = "Messages that came before.") @QueryParam("until") @DefaultValue("")
          String until,
      @QueryParam("after") @DefaultValue("") String after,
      @Parameter(description = "1 to 500 lines.") @QueryParam("limit") @DefaultValue("50")
          String limit) {
    var query =
        new TrailQuery(
            sender,
            recipient,
            trace,
            messageId,
            client,
            outcome(outcome),
            moment("from", from),
            moment("until", until));
    return TrailJson.Page.of(trails.search(caller.viewer(), query, after, limit(limit)));
  }

  @GET
  @Path("{trace}")
  @Operation(
      summary = "Tell the story of a message",
      description = "What the caller may see of it, in its order, at most 500 things.")
  public StoryJson tell(
      @PathParam("trace") String trace,
      @Parameter(description = "Whose part is told when the whole is too long.")
          @QueryParam("recipient")
          @DefaultValue("")
          String recipient) {
    var id = trace.toLowerCase(Locale.ROOT);
    if (TraceId.isValid(id)) {
      var story = trails.story(caller.viewer(), new TraceId(id), recipient);
      if (story.isPresent()) {
        return StoryJson.of(story.get());
      }
    }
    throw new DirectoryProblem(
        DirectoryProblem.Kind.NOT_FOUND, "", "Nothing is known of such a message.");
  }

  private static @Nullable Outcome outcome(String text) {
    try {
      return text.isBlank() ? null : Outcome.valueOf(text.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw Body.invalid("outcome", "There is no outcome '" + text + "'.");
    }
  }

  private static @Nullable Instant moment(String field, String text) {
    try {
      return text.isBlank() ? null : Instant.parse(text);
    } catch (DateTimeException _) {
      throw Body.invalid(field, "'" + field + "' is a time like 2026-11-24T10:00:00Z.");
    }
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // answered below
    }
    throw Body.invalid("limit", "'limit' is a number from 1 to " + MAX_LIMIT + ".");
  }
}
