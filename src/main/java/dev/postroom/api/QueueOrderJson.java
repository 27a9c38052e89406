package dev.postroom.api;

import dev.postroom.queue.StandingOrder;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is done with mail that comes later, too. */
@Schema(name = "QueueOrder")
public record QueueOrderJson(
    long id,
    @Schema(description = "hold or reroute.") String kind,
    @Schema(description = "Whose mail; left out for everybody's.") @Nullable Long accountId,
    @Schema(description = "To which domain; empty for any.") String destination,
    @Schema(description = "host:port of a reroute; empty for one of somebody above.") String route,
    String reason,
    Instant placedAt,
    @Schema(description = "The login; empty for somebody above.") String placedBy) {
  static QueueOrderJson of(StandingOrder order) {
    return new QueueOrderJson(
        order.id(),
        order.kind().name().toLowerCase(Locale.ROOT),
        order.accountId(),
        order.destination(),
        order.route(),
        order.reason(),
        order.placedAt(),
        order.placedBy());
  }

  /** What a caller sends. */
  @Schema(name = "NewQueueOrder")
  public record New(
      @Schema(description = "hold or reroute.") @Nullable String kind,
      @Schema(description = "Left out: everybody's for an administrator, a customer's own.")
          @Nullable Long accountId,
      @Nullable String destination,
      @Nullable String route,
      @Nullable String reason) {}
}
