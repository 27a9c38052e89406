package dev.postroom.routing;

import dev.postroom.mail.MailOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is here and now has to go where its recipients are.
 *
 * @param recipients what {@link Router} said of each, in the client's order
 * @param sender who submitted it, null when another server brought it
 * @param options what was asked for it as a whole
 */
public record Arrival(
    TraceId trace,
    ReversePath reversePath,
    List<Verdict.Taken> recipients,
    Content content,
    @Nullable Sender sender,
    MailOptions options) {
  public Arrival {
    recipients = List.copyOf(recipients);
  }
}
