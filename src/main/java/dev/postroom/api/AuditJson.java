package dev.postroom.api;

import dev.postroom.audit.AuditEntry;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What somebody did. */
@Schema(name = "AuditEntry")
public record AuditJson(
    long id,
    Instant at,
    @Schema(
            description =
                "Login or address; empty for the server, and for somebody above the caller.")
        String actor,
    @Schema(description = "mailbox, customer, reseller, administrator or server.") String actorKind,
    @Schema(description = "panel, api, cli, mail_program or server.") String way,
    @Schema(description = "The label of the API token, or empty.") String credential,
    @Schema(description = "Where it came from, or empty.") String address,
    @Schema(description = "As 'mailbox.created'.") String action,
    String subject,
    String detail,
    @Schema(description = "How many messages it touched; left out where none are meant.")
        @Nullable Long messages) {
  static AuditJson of(AuditEntry entry) {
    return new AuditJson(
        entry.id(),
        entry.at(),
        entry.actor(),
        entry.who().name().toLowerCase(Locale.ROOT),
        entry.way().name().toLowerCase(Locale.ROOT),
        entry.credential(),
        entry.address(),
        entry.action(),
        entry.subject(),
        entry.detail(),
        entry.messages());
  }
}
