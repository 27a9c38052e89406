package dev.postroom.api;

import dev.postroom.queue.QueuedMessage;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message that waits for another server. */
@Schema(name = "QueuedMessage")
public record QueuedJson(
    long id,
    @Schema(description = "The id that follows the message through the logs.") String trace,
    @Schema(description = "The reverse-path; empty for reports.") String sender,
    String recipient,
    long size,
    Instant queuedAt,
    Instant nextAttemptAt,
    int attempts,
    String lastStatus) {
  static QueuedJson of(QueuedMessage message) {
    return new QueuedJson(
        message.id(),
        message.trace().value(),
        message.reversePath().toPlainString(),
        message.recipient().toString(),
        message.size(),
        message.queuedAt(),
        message.nextAttemptAt(),
        message.attempts(),
        message.lastStatus());
  }
}
