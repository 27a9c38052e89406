package dev.postroom.api;

import dev.postroom.directory.DestinationInfo;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a forwarder or catch-all leads. */
@Schema(name = "Destination")
public record DestinationJson(
    String address,
    @Schema(
            enumeration = {
              "here",
              "unasked",
              "waiting",
              "expired",
              "confirmed",
              "declined",
              "paused"
            },
            description =
                "Mail flows when it is here or confirmed. Waiting: asked by mail, no answer yet."
                    + " Paused: it refused too many messages.")
        String state,
    @Schema(description = "What its server said when it last refused a message; or empty.")
        String lastRefusal) {
  static DestinationJson of(DestinationInfo destination) {
    return new DestinationJson(
        destination.address().toString(),
        destination.state().name().toLowerCase(Locale.ROOT),
        destination.lastRefusal());
  }
}
