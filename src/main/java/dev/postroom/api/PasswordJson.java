package dev.postroom.api;

import org.jspecify.annotations.Nullable;

/** A new password. Never answered. */
public record PasswordJson(@Nullable String password) {
  @Override
  public String toString() {
    return "PasswordJson";
  }
}
