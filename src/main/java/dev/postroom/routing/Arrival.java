package dev.postroom.routing;

import dev.postroom.mail.MailOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.trace.Story;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is here and now has to go where its recipients are.
 *
 * @param story what is told of it; whoever makes the arrival records it
 * @param recipients what {@link Router} said of each, in the client's order
 * @param sender who submitted it, null when another server brought it
 * @param options what was asked for it as a whole
 * @param toldApart the client hears of each recipient by itself (RFC 2033 §4.2), so that nobody has
 *     to be told by a report of those that had no room
 */
public record Arrival(
    Story story,
    ReversePath reversePath,
    List<Verdict.Taken> recipients,
    Content content,
    @Nullable Sender sender,
    MailOptions options,
    boolean toldApart) {
  public Arrival {
    recipients = List.copyOf(recipients);
  }

  public TraceId trace() {
    return story.trace();
  }

  /** One whose client hears of all recipients at once. */
  public Arrival(
      Story story,
      ReversePath reversePath,
      List<Verdict.Taken> recipients,
      Content content,
      @Nullable Sender sender,
      MailOptions options) {
    this(story, reversePath, recipients, content, sender, options, false);
  }

  /** While it is held (RFC 4865 §4), its recipients stay as they are named, not looked up yet. */
  Arrival held() {
    return new Arrival(
        story,
        reversePath,
        recipients.stream().map(Verdict.Taken::asNamed).toList(),
        content,
        sender,
        options,
        toldApart);
  }

  Arrival without(List<Verdict.Taken> those) {
    return new Arrival(
        story,
        reversePath,
        recipients.stream().filter(recipient -> !those.contains(recipient)).toList(),
        content,
        sender,
        options,
        toldApart);
  }
}
