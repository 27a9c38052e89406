package dev.postroom.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did, as a viewer may read it.
 *
 * @param actor login or address; empty for the server, and for somebody above the viewer
 * @param who what kind of actor it is
 * @param credential label of the API token, or empty
 * @param address where from, or empty
 * @param action {@code mailbox.created}
 * @param messages how many messages it touched; null where none are meant
 */
public record AuditEntry(
    long id,
    Instant at,
    String actor,
    Who who,
    Way way,
    String credential,
    String address,
    String action,
    String subject,
    String detail,
    @Nullable Long messages) {
  /** What kind of actor. */
  public enum Who {
    MAILBOX,
    CUSTOMER,
    RESELLER,
    ADMINISTRATOR,
    SERVER
  }
}
