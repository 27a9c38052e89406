package dev.postroom.api;

import dev.postroom.directory.Suspension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is switched off, and why. A part that is left out is not suspended. */
@Schema(
    name = "Suspension",
    description = "What is switched off. A part that is left out is not suspended.")
public record SuspensionJson(
    @Nullable Boolean login,
    @Nullable Boolean sending,
    @Nullable Boolean receiving,
    @Nullable String reason) {
  static SuspensionJson of(Suspension suspension) {
    return new SuspensionJson(
        suspension.login(), suspension.sending(), suspension.receiving(), suspension.reason());
  }

  Suspension suspension() {
    return new Suspension(
        Body.or(login, false),
        Body.or(sending, false),
        Body.or(receiving, false),
        Body.or(reason, ""));
  }
}
