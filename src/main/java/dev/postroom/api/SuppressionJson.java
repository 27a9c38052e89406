package dev.postroom.api;

import dev.postroom.bulk.Suppression;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An address that gets no bulk mail. */
@Schema(name = "Suppression")
public record SuppressionJson(
    String address,
    @Schema(description = "failed, unsubscribed or by-hand") String reason,
    @Schema(description = "What happened.") String detail,
    Instant since,
    @Schema(description = "Null when it has no end.") @Nullable Instant until) {
  static SuppressionJson of(Suppression suppression) {
    return new SuppressionJson(
        suppression.address().toString(),
        suppression.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        suppression.detail(),
        suppression.since(),
        suppression.until());
  }

  /** Addresses to be added. */
  @Schema(name = "NewSuppressions")
  public record New(
      @Schema(required = true) @Nullable List<@Nullable String> addresses,
      @Nullable String detail) {}
}
