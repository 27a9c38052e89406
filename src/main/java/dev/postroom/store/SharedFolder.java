package dev.postroom.store;

import dev.postroom.directory.FolderRights;
import dev.postroom.mail.MailAddress;

/**
 * A folder of somebody else's mailbox, as a guest sees it.
 *
 * @param mailboxId the mailbox that has it
 * @param folder its name is the one that its owner knows
 * @param rights never none
 */
public record SharedFolder(
    long mailboxId, MailAddress owner, FolderInfo folder, FolderRights rights) {}
