package dev.postroom.directory;

import java.util.Arrays;
import java.util.Optional;

/** How much of a mailbox is shared with somebody, in steps that people understand. */
public enum ShareLevel {
  /** Sees all folders and messages, changes nothing: what is unread stays unread. */
  READ("lr"),
  /** Marks, files, answers and deletes messages as the owner would. */
  FILE("lrswipte"),
  /** Makes and removes folders, too, and shares them with others. */
  MANAGE("lrswipkxtea");

  private final FolderRights rights;

  ShareLevel(String letters) {
    this.rights = FolderRights.parse(letters);
  }

  public FolderRights rights() {
    return rights;
  }

  static Optional<ShareLevel> of(FolderRights rights) {
    return Arrays.stream(values()).filter(level -> level.rights.equals(rights)).findFirst();
  }
}
