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
 */
public record Arrival(
    Story story,
    ReversePath reversePath,
    List<Verdict.Taken> recipients,
    Content content,
    @Nullable Sender sender,
    MailOptions options) {
  public Arrival {
    recipients = List.copyOf(recipients);
  }

  public TraceId trace() {
    return story.trace();
  }
}
