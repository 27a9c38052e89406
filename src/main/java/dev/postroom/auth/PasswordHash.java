package dev.postroom.auth;

/**
 * A password, hashed slowly.
 *
 * @param phc in the PHC string format, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}
 */
public record PasswordHash(String phc) {
  @Override
  public String toString() {
    return "PasswordHash";
  }
}
