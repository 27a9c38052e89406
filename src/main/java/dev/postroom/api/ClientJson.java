package dev.postroom.api;

import dev.postroom.guard.ClientRule;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A network that is let in, turned away or banned. */
@Schema(name = "Client")
public record ClientJson(
    long id,
    String network,
    @Schema(description = "allow, deny, or ban: made by Postroom itself.") String kind,
    String reason,
    Instant since,
    @Schema(description = "Null when it has no end.") @Nullable Instant until,
    @Schema(description = "How often it was banned lately.") int times,
    @Schema(description = "A login, or empty for Postroom itself.") String by) {
  static ClientJson of(ClientRule rule) {
    return new ClientJson(
        rule.id(),
        rule.network().toString(),
        rule.kind().name().toLowerCase(Locale.ROOT),
        rule.reason(),
        rule.since(),
        rule.until(),
        rule.times(),
        rule.by());
  }

  /** One to be added. */
  @Schema(name = "NewClient")
  public record New(
      @Schema(required = true, description = "192.0.2.7, 192.0.2.0/24, 2001:db8::/32.")
          @Nullable String network,
      @Schema(required = true, description = "allow or deny") @Nullable String kind,
      @Nullable String reason) {
    ClientRule.Kind asKind() {
      return switch (Body.required("kind", kind)) {
        case "allow" -> ClientRule.Kind.ALLOW;
        case "deny" -> ClientRule.Kind.DENY;
        default -> throw Body.invalid("kind", "A kind is 'allow' or 'deny'.");
      };
    }
  }
}
