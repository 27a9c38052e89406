package dev.postroom.trace;

import dev.postroom.mail.TraceId;
import java.time.Instant;

/**
 * One message for one recipient, as a list shows it.
 *
 * @param sender empty for reports, and where the beginning of the story is not known
 * @param recipient empty when the message was refused before one was named
 * @param since when the outcome came to be
 */
public record TrailLine(
    TraceId trace, String sender, String recipient, Outcome outcome, Instant since) {
  /** When the message came. */
  public Instant at() {
    return trace.moment();
  }
}
