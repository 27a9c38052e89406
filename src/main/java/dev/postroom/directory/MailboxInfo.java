package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import java.time.Instant;

/**
 * A mailbox as its owner sees it.
 *
 * @param quotaOctets how much it may hold
 * @param detailFolders whether mail for {@code ann+shop@} goes to the folder {@code shop}, when
 *     there is one
 * @param suspension its own; {@code effective} has those of its domain and account added
 */
public record MailboxInfo(
    long id,
    long domainId,
    long accountId,
    MailAddress address,
    String displayName,
    long quotaOctets,
    boolean detailFolders,
    Suspension suspension,
    Suspension effective,
    Instant createdAt) {}
