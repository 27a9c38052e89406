package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import java.time.Instant;

/**
 * A group as its owner sees it.
 *
 * @param everyone it reaches all mailboxes of its domain; otherwise those that are listed
 * @param members how many mailboxes it reaches
 */
public record GroupInfo(
    long id,
    long domainId,
    long accountId,
    MailAddress address,
    boolean everyone,
    GroupSenders senders,
    long members,
    Instant createdAt) {}
