package dev.postroom.directory;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A domain as its owner sees it.
 *
 * @param controlToken the TXT value that proves control, see {@code docs/architecture.md}
 * @param catchAll where mail for unknown local parts goes; null refuses it
 * @param aliasOf the domain whose addresses this one has, too; null when it has its own
 */
public record DomainInfo(
    long id,
    long accountId,
    String accountLogin,
    DomainName name,
    Control control,
    String controlToken,
    @Nullable MailAddress catchAll,
    @Nullable DomainName aliasOf,
    Suspension suspension,
    long mailboxes,
    long forwarders,
    Instant createdAt) {
  /** Why we believe that the account may receive the domain's mail. */
  public enum Control {
    /** Not yet: the domain takes no local mail. */
    UNPROVEN,
    /** A DNS token or an MX that points here was seen. */
    PROVEN,
    /** A reseller or administrator answers for it. */
    VOUCHED
  }

  /** Only then is mail for the domain delivered here. */
  public boolean takesMail() {
    return control != Control.UNPROVEN;
  }
}
