package dev.postroom.api;

import dev.postroom.trace.MessageStory;
import dev.postroom.trace.Step;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What happened to a message. */
@Schema(name = "Story")
public record StoryJson(
    String trace,
    @Schema(description = "How it came; null when that is not known.") @Nullable Origin origin,
    List<Event> events,
    @Schema(description = "There is more than is told.") boolean cut) {

  /** Where it came from. Texts are empty where there is nothing to say. */
  @Schema(name = "StoryOrigin")
  public record Origin(
      String service,
      String client,
      String helo,
      String tls,
      String login,
      String sender,
      String messageId,
      String subject,
      long size) {}

  /** One thing that happened. */
  @Schema(name = "StoryEvent")
  public record Event(
      Instant at,
      String recipient,
      @Schema(
              description =
                  "refused, abandoned, checked, forwarded, delivered, handed-over, queued, sent,"
                      + " deferred, failed, reported, handled")
          String kind,
      @Schema(description = "The other side: host, folder, target, check, or who did it.")
          String party,
      @Schema(description = "As they were said.") String words,
      @Schema(description = "Security, verdict, way, kind of report or of action.") String detail,
      @Schema(description = "When it is tried again.") @Nullable Instant until) {}

  static StoryJson of(MessageStory story) {
    var head = story.head();
    return new StoryJson(
        story.trace().value(),
        head == null
            ? null
            : new Origin(
                head.service(),
                head.client(),
                head.helo(),
                head.tls(),
                head.login(),
                head.sender(),
                head.messageId(),
                head.subject(),
                head.size()),
        story.happenings().stream().map(StoryJson::event).toList(),
        story.cut());
  }

  private static Event event(MessageStory.Happening told) {
    return switch (told.step()) {
      case Step.Checked(var check, var verdict, var detail) ->
          event(told, "checked", check, detail, verdict);
      case Step.Refused(var reply) -> event(told, "refused", "", reply, "");
      case Step.Abandoned _ -> event(told, "abandoned", "", "", "");
      case Step.Forwarded(var way, var target) ->
          event(told, "forwarded", target.toString(), "", word(way));
      case Step.Delivered(var folder) -> event(told, "delivered", folder, "", "");
      case Step.HandedOver _ -> event(told, "handed-over", "", "", "");
      case Step.Queued _ -> event(told, "queued", "", "", "");
      case Step.Sent(var host, var reply, var security) ->
          event(told, "sent", host, reply, security);
      case Step.Deferred(var host, var reply, var until) ->
          new Event(told.at(), told.recipient(), "deferred", host, reply, "", until);
      case Step.Failed(var host, var reply) -> event(told, "failed", host, reply, "");
      case Step.Reported(var report, var to) ->
          event(told, "reported", to.toString(), "", word(report));
      case Step.Handled(var action, var by, var words) ->
          event(told, "handled", by, words, word(action));
    };
  }

  private static Event event(
      MessageStory.Happening told, String kind, String party, String words, String detail) {
    return new Event(told.at(), told.recipient(), kind, party, words, detail, null);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
