package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.directory.FolderRights;
import dev.postroom.store.Sharing;
import dev.postroom.store.StoreFailure;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the user may do in the folder that is selected. In a folder of another's it is asked again
 * when rights have changed on this node, and now and then for those that changed elsewhere. The
 * session's thread.
 */
final class Access {
  private static final Logger LOG = Logger.getLogger(Access.class);
  private static final long ASKED_AGAIN_AFTER = Duration.ofMinutes(1).toNanos();

  /** To one's own folders. */
  static final Access WHOLE = new Access(null, 0, 0, FolderRights.ALL);

  private final @Nullable Sharing sharing;
  private final long guestId;
  private final long folderId;
  private FolderRights rights;
  private long generation;
  private long askedAt;

  private Access(@Nullable Sharing sharing, long guestId, long folderId, FolderRights rights) {
    this.sharing = sharing;
    this.guestId = guestId;
    this.folderId = folderId;
    this.rights = rights;
    this.generation = -1; // rights were asked before: they are asked again at the first use
  }

  static Access of(FoundFolder found, ImapSession session, long userId) {
    return found.mailbox().mailboxId() == userId
        ? WHOLE
        : new Access(session.services().store.sharing(), userId, found.id(), found.rights());
  }

  FolderRights rights() {
    if (sharing != null && mayBeOld(sharing)) {
      ask(sharing);
    }
    return rights;
  }

  private void ask(Sharing sharing) {
    long now = sharing.generation(); // before asking: what changes from here on is asked again
    try {
      rights = sharing.rights(guestId, folderId);
      generation = now;
      askedAt = System.nanoTime();
    } catch (StoreFailure unknown) {
      LOG.warnf("cannot ask for rights in folder %d: %s", folderId, unknown); // asked next time
    }
  }

  private boolean mayBeOld(Sharing sharing) {
    return generation != sharing.generation() || System.nanoTime() - askedAt > ASKED_AGAIN_AFTER;
  }

  /** Which right a flag needs (RFC 4314 §4). */
  static boolean mayChange(FolderRights rights, String flag) {
    return rights.has(
        flag.equalsIgnoreCase("\\Seen")
            ? FolderRight.SEEN
            : flag.equalsIgnoreCase("\\Deleted") ? FolderRight.DELETE_MESSAGES : FolderRight.WRITE);
  }
}
