package dev.postroom.directory;

import dev.postroom.mail.MailAddress;
import org.jspecify.annotations.Nullable;

/**
 * With whom a mailbox is shared.
 *
 * @param level null when only single folders are, by a mail program's doing
 */
public record ShareInfo(
    long guestId,
    MailAddress guest,
    String guestName,
    @Nullable ShareLevel level,
    boolean maySendAs) {}
