package dev.postroom.store;

import java.util.List;

/**
 * How a folder differs from what it was.
 *
 * @param changed messages that are new or have other flags, in UID order
 * @param expunged UIDs that are gone; may hold some that the asker never saw
 * @param highestModSeq what to ask from next time
 */
public record FolderDelta(
    List<StoredMessage> changed, UidSet expunged, long highestModSeq, long uidNext) {
  public FolderDelta {
    changed = List.copyOf(changed);
  }

  public boolean isEmpty() {
    return changed.isEmpty() && expunged.isEmpty();
  }
}
