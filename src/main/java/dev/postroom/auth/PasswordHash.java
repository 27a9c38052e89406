package dev.postroom.auth;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a password: it, hashed slowly, and for mailboxes keys for SCRAM.
 *
 * @param phc in the PHC string format, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}
 * @param scram sealed; null when none are kept
 */
public record PasswordHash(String phc, @Nullable String scram) {
  PasswordHash(String phc) {
    this(phc, null);
  }

  @Override
  public String toString() {
    return "PasswordHash";
  }
}
