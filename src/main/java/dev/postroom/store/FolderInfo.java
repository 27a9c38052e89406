package dev.postroom.store;

import org.jspecify.annotations.Nullable;

/**
 * A folder (IMAP: mailbox) as it stood at one moment.
 *
 * @param name Unicode, levels separated by {@code /}; the inbox is {@code INBOX}
 * @param uidNext the UID that the next message will have at least
 * @param highestModSeq RFC 7162 §3.1.2.1
 */
public record FolderInfo(
    long id,
    String name,
    @Nullable SpecialUse specialUse,
    boolean subscribed,
    boolean hasChildren,
    long uidValidity,
    long uidNext,
    long highestModSeq) {
  FolderInfo withChildren(boolean some) {
    return new FolderInfo(
        id, name, specialUse, subscribed, some, uidValidity, uidNext, highestModSeq);
  }
}
