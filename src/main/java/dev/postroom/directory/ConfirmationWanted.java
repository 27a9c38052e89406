package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import java.time.Instant;

/**
 * An address elsewhere has to be asked by mail whether it wants what is forwarded to it: a CDI
 * event inside the transaction that wants it.
 *
 * @param source the forwarder's address; for a catch-all, its domain
 * @param token for the link, not kept here
 */
public record ConfirmationWanted(
    MailAddress destination, String source, String token, Instant expiresAt) {
  /** Without the token: never in a log. */
  @Override
  public String toString() {
    return "ConfirmationWanted[" + destination + "]";
  }
}
