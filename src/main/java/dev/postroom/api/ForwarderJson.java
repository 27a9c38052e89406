package dev.postroom.api;

import dev.postroom.directory.ForwarderInfo;
import dev.postroom.mail.MailAddress;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A forwarder. */
@Schema(name = "Forwarder")
public record ForwarderJson(
    String address,
    List<String> targets,
    @Schema(description = "The same targets, with whether mail flows to them.")
        List<DestinationJson> destinations,
    @Schema(description = "The mailbox of the same address gets the message, too.")
        boolean keepCopy,
    Instant createdAt) {
  static final String VOUCHED =
      "For administrators: they answer for addresses elsewhere, which are not asked.";

  static ForwarderJson of(ForwarderInfo forwarder) {
    return new ForwarderJson(
        forwarder.address().toString(),
        forwarder.targets().stream().map(MailAddress::toString).toList(),
        forwarder.destinations().stream().map(DestinationJson::of).toList(),
        forwarder.keepCopy(),
        forwarder.createdAt());
  }

  /**
   * What PUT makes of a forwarder, whether it existed or not; for PATCH, what is left out stays.
   */
  @Schema(name = "NewForwarder")
  public record New(
      @Nullable List<@Nullable String> targets,
      @Schema(defaultValue = "false") @Nullable Boolean keepCopy,
      @Schema(defaultValue = "false", description = VOUCHED) @Nullable Boolean vouched) {}
}
