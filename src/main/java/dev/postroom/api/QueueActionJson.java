package dev.postroom.api;

import dev.postroom.queue.ActionResult;
import dev.postroom.queue.QueueAction;
import dev.postroom.queue.Selection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What shall be done with which waiting messages. */
@Schema(name = "QueueAction")
public record QueueActionJson(
    @Schema(description = "hold, release, retry, reroute or drop.") @Nullable String action,
    @Schema(description = "At most 1000; left out for any.") @Nullable List<@Nullable Long> ids,
    @Schema(description = "The reverse-path, '<>' for reports.") @Nullable String sender,
    @Nullable Long accountId,
    @Schema(description = "The domain of the recipient.") @Nullable String destination,
    @Schema(description = "Text in sender or recipient.") @Nullable String search,
    @Schema(description = "waiting, sending or held.") @Nullable String state,
    @Schema(description = "True to mean everything the caller sees, when nothing else is said.")
        @Nullable Boolean all,
    @Schema(description = "For hold, in words.") @Nullable String reason,
    @Schema(description = "For reroute: host:port; empty for the usual way again.")
        @Nullable String route,
    @Schema(description = "For drop: whether the senders are told.") @Nullable Boolean report) {

  /** What it came to. */
  @Schema(name = "QueueActionResult")
  public record Result(
      @Schema(description = "Messages that it was done to.") long touched,
      @Schema(
              description =
                  "Messages on their way at that moment: held in case that the attempt fails, when"
                      + " they were to be held or dropped.")
          long sending,
      @Schema(description = "Messages that somebody above the caller holds: left as they are.")
          long kept) {
    static Result of(ActionResult result) {
      return new Result(result.touched(), result.sending(), result.kept());
    }
  }

  Selection selection() {
    var selection =
        new Selection(
            numbers(),
            Body.or(sender, ""),
            accountId,
            QueueParams.destination(Body.or(destination, "")),
            Body.or(search, ""),
            QueueParams.state(Body.or(state, "")));
    if (selection.isAll() && !Body.or(all, false)) {
      throw Body.invalid("all", "Say which messages are meant, or 'all': true.");
    }
    return selection;
  }

  private List<Long> numbers() {
    var some = Body.or(ids, List.<@Nullable Long>of());
    if (ids != null && some.isEmpty() || some.size() > Selection.MAX_IDS) {
      throw Body.invalid("ids", "Name 1 to " + Selection.MAX_IDS + " ids, or leave them out.");
    }
    return some.stream().map(id -> Body.required("ids", id)).toList();
  }

  QueueAction wanted() {
    return switch (Body.required("action", action)) {
      case "hold" -> new QueueAction.Hold(Body.or(reason, ""));
      case "release" -> new QueueAction.Release();
      case "retry" -> new QueueAction.Retry();
      case "reroute" -> new QueueAction.Reroute(Body.required("route", route));
      case "drop" -> new QueueAction.Drop(Body.required("report", report));
      default ->
          throw Body.invalid("action", "An action is hold, release, retry, reroute or drop.");
    };
  }
}
