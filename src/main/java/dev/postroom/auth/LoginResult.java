package dev.postroom.auth;

import dev.postroom.directory.Viewer;
import java.time.Duration;

/** How a login ended. Why exactly it failed is for the log, never for the client. */
public sealed interface LoginResult {
  /** {@link Viewer.MailboxUser} for mail protocols, {@link Viewer.Person} for accounts. */
  record Welcome(Viewer viewer) implements LoginResult {}

  /** Unknown name or wrong password: the two look alike, in words and in time. */
  record Wrong() implements LoginResult {}

  /** The password was right, login is suspended. */
  record Suspended(String reason) implements LoginResult {}

  /** Too many failures lately, from this address or for this name; the password was not checked. */
  record Throttled(Duration retryAfter) implements LoginResult {}
}
