package dev.postroom.api;

import dev.postroom.trace.TrailLine;
import dev.postroom.trace.Trails;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A message for one recipient, as far as it has come. */
@Schema(name = "TracedMessage")
public record TrailJson(
    String trace,
    @Schema(description = "When it came.") Instant at,
    @Schema(description = "The reverse-path; empty for reports.") String sender,
    String recipient,
    String outcome,
    @Schema(description = "When the outcome came to be.") Instant since) {

  /** Part of a list that grows at its beginning. */
  @Schema(name = "TracedMessages")
  public record Page(
      List<TrailJson> items,
      @Schema(description = "For `after`; null on the last page.") @Nullable String next) {
    static Page of(Trails.Found found) {
      return new Page(found.lines().stream().map(TrailJson::of).toList(), found.next());
    }
  }

  static TrailJson of(TrailLine line) {
    return new TrailJson(
        line.trace().value(),
        line.at(),
        line.sender(),
        line.recipient(),
        line.outcome().name().toLowerCase(Locale.ROOT),
        line.since());
  }
}
