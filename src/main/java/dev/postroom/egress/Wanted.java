package dev.postroom.egress;

import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for.
 *
 * @param relay null for none
 * @param password null to keep the one that is there
 * @param source4 empty for none, as is {@code source6}
 */
public record Wanted(
    @Nullable RelayRule relay, @Nullable String password, String source4, String source6) {
  /** Without the password. */
  @Override
  public String toString() {
    return "Wanted[relay=%s, source4=%s, source6=%s]".formatted(relay, source4, source6);
  }
}
