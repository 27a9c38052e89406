package dev.postroom.api;

import dev.postroom.queue.QueuedMessage;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A message that waits for another server. */
@Schema(name = "QueuedMessage")
public record QueuedJson(
    long id,
    @Schema(description = "The id that follows the message through the logs.") String trace,
    @Schema(description = "The reverse-path; empty for reports.") String sender,
    String recipient,
    long size,
    Instant queuedAt,
    @Schema(description = "Left out while it is held.") @Nullable Instant nextAttemptAt,
    Instant expiresAt,
    int attempts,
    String lastStatus,
    @Schema(description = "waiting, sending or held.") String state,
    @Schema(description = "For administrators: where it was rerouted to, or empty.") String route,
    @Nullable Long accountId) {
  static QueuedJson of(QueuedMessage message) {
    return new QueuedJson(
        message.id(),
        message.trace().value(),
        message.reversePath().toPlainString(),
        message.recipient().toString(),
        message.size(),
        message.queuedAt(),
        message.nextAttemptAt(),
        message.expiresAt(),
        message.attempts(),
        message.lastStatus(),
        message.state().name().toLowerCase(Locale.ROOT),
        message.route(),
        message.accountId());
  }
}
