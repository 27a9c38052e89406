package dev.postroom.api;

import dev.postroom.directory.MailboxInfo;
import dev.postroom.store.Usage;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A mailbox. */
@Schema(name = "Mailbox")
public record MailboxJson(
    String address,
    String displayName,
    long quotaOctets,
    @Schema(description = DETAIL_FOLDERS) boolean detailFolders,
    @Schema(description = "How much it holds.") long usedOctets,
    @Schema(description = "How many messages it holds.") long messages,
    SuspensionJson suspension,
    @Schema(description = "Those of its domain and account added.")
        SuspensionJson effectiveSuspension,
    Instant createdAt) {
  private static final String DETAIL_FOLDERS =
      "Mail for ann+shop@ goes to ann's folder shop, when there is one.";

  static MailboxJson of(MailboxInfo mailbox, Usage usage) {
    return new MailboxJson(
        mailbox.address().toString(),
        mailbox.displayName(),
        mailbox.quotaOctets(),
        mailbox.detailFolders(),
        usage.octets(),
        usage.messages(),
        SuspensionJson.of(mailbox.suspension()),
        SuspensionJson.of(mailbox.effective()),
        mailbox.createdAt());
  }

  /** What PUT makes of a mailbox, whether it existed or not. */
  @Schema(name = "NewMailbox")
  public record New(
      @Schema(defaultValue = "") @Nullable String displayName,
      @Schema(description = "Left out, the server's default.") @Nullable Long quotaOctets,
      @Schema(defaultValue = "false", description = DETAIL_FOLDERS) @Nullable Boolean detailFolders,
      @Schema(description = "Left out, it stays as it is.", writeOnly = true)
          @Nullable String password) {
    @Override
    public String toString() {
      return "MailboxJson.New";
    }
  }

  /** What PATCH changes; what is left out stays. */
  @Schema(name = "MailboxChange")
  public record Change(
      @Nullable String displayName,
      @Nullable Long quotaOctets,
      @Schema(description = DETAIL_FOLDERS) @Nullable Boolean detailFolders) {}
}
