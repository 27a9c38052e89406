package dev.postroom.trace;

import dev.postroom.mail.TraceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message, as far as the viewer may see it.
 *
 * @param head null when its beginning is not known
 * @param happenings in their order
 * @param cut true when there is more than is told at once
 */
public record MessageStory(
    TraceId trace, @Nullable Head head, List<Happening> happenings, boolean cut) {
  /**
   * How it came.
   *
   * @param client empty when the message was made here
   * @param tls empty in plain text
   * @param login empty when nobody was logged in, or the viewer may not know
   * @param sender empty for reports
   */
  public record Head(
      String service,
      String client,
      String helo,
      String tls,
      String login,
      String sender,
      String messageId,
      String subject,
      long size) {}

  /**
   * @param recipient empty when none was named
   */
  public record Happening(Instant at, String recipient, Step step) {}

  public MessageStory {
    happenings = List.copyOf(happenings);
  }
}
