package dev.postroom.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A new password. Never answered. */
@Schema(name = "NewPassword")
public record PasswordJson(@Nullable String password) {
  @Override
  public String toString() {
    return "PasswordJson";
  }
}
