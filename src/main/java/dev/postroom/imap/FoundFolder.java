package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.directory.FolderRights;
import dev.postroom.store.FolderInfo;
import dev.postroom.store.MailboxStore;
import dev.postroom.store.StoreProblem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A folder that a name leads to, the user's own or another's.
 *
 * @param mailbox the one that has it
 * @param folder under the name that the user knows
 * @param rights of the user
 */
record FoundFolder(MailboxStore mailbox, FolderInfo folder, FolderRights rights) {

  static FoundFolder own(State.User user, FolderInfo folder) {
    return new FoundFolder(user.mailbox(), folder, FolderRights.ALL);
  }

  long id() {
    return folder.id();
  }

  /** In their order, those of one mailbox together. */
  static Collection<List<FoundFolder>> byMailbox(List<FoundFolder> folders) {
    return folders.stream()
        .collect(
            Collectors.groupingBy(
                one -> one.mailbox.mailboxId(), LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /**
   * @throws StoreProblem when the right is missing; to one who may not even see the folder it does
   *     not exist (RFC 4314 §6)
   */
  FoundFolder require(FolderRight right) {
    if (!rights.has(right)) {
      throw rights.has(FolderRight.LOOKUP)
          ? new StoreProblem(StoreProblem.Kind.NOPERM, "you have no right to do that here")
          : FolderNamespace.none();
    }
    return this;
  }
}
