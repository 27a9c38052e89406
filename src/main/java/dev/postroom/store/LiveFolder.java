package dev.postroom.store;

import dev.postroom.store.MailboxStore.FlagChange;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * A folder that sessions have open: one table of its messages for all of them.
 *
 * <p>Threads: any. The table is brought up to date by whoever asks first after a change, under the
 * lock; all others read what was published last.
 */
public final class LiveFolder {
  private static final Logger LOG = Logger.getLogger(LiveFolder.class);

  /** So often a change of flags is tried on the table as it is known, without locking first. */
  private static final int ATTEMPTS = 3;

  private final long mailboxId;
  private final long folderId;
  private final IndexReader index;
  private final Flagging flagging;
  private final Changes changesOfMailbox;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile FolderView view = FolderView.NOTHING;
  private final AtomicLong changes = new AtomicLong(1);
  private volatile long changesSeen;

  LiveFolder(
      long mailboxId,
      long folderId,
      IndexReader index,
      Flagging flagging,
      Changes changesOfMailbox) {
    this.mailboxId = mailboxId;
    this.folderId = folderId;
    this.index = index;
    this.flagging = flagging;
    this.changesOfMailbox = changesOfMailbox;
  }

  /** Compared by identity: the same {@code Runnable} may watch twice. */
  static final class Watcher {
    private final Runnable wake;

    Watcher(Runnable wake) {
      this.wake = wake;
    }

    /** One that fails must not keep the others asleep. */
    void wake() {
      try {
        wake.run();
      } catch (RuntimeException failed) {
        LOG.error("a session could not be woken", failed);
      }
    }
  }

  Set<Watcher> watchers() {
    return watchers;
  }

  /** Something has changed, here or elsewhere. Any thread, does not block. */
  void changed() {
    changes.incrementAndGet();
    watchers.forEach(Watcher::wake);
  }

  /** Asks the store at the next {@link #refreshed}, whether or not it has told of a change. */
  public void askAgain() {
    changes.incrementAndGet();
  }

  /** The folder as it was known last. */
  public FolderView view() {
    return view;
  }

  /**
   * The folder as it is now.
   *
   * @throws StoreProblem NONEXISTENT when it was deleted
   */
  public FolderView refreshed() {
    if (changesSeen == changes.get()) {
      return view;
    }
    lock.lock();
    try {
      long asked = changes.get(); // before asking: what changes from now on is asked for again
      if (changesSeen != asked) {
        view = index.news(mailboxId, folderId, view.modSeq()).appliedTo(view);
        changesSeen = asked;
      }
      return view;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a change of flags has done.
   *
   * @param modSeq of the messages that it changed; 0 when it changed none
   * @param leftOut messages with too high a MODSEQ
   */
  public record Stored(long modSeq, UidSet leftOut) {}

  /**
   * Changes flags (RFC 3501 §6.4.6).
   *
   * @param unchangedSince only of messages with no higher MODSEQ (RFC 7162 §3.1.3)
   */
  public Stored store(UidSet uids, FlagChange change, Set<String> flags, long unchangedSince) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var before = refreshed();
      var bits = FlagEdit.of(change, flags, unchangedSince, before.names()).orElse(null);
      if (bits == null || uids.ranges().size() > UidCondition.TERMS) {
        break;
      }
      var effect = bits.effectOn(before, uids);
      var leftOut = bits.leftOut(before, uids);
      if (effect.messages() == 0) {
        return new Stored(0, leftOut);
      }
      if (flagging.storeIfUnchanged(mailboxId, folderId, before.modSeq(), uids, bits, effect)) {
        stored(before.modSeq(), uids, bits);
        return new Stored(before.modSeq() + 1, leftOut);
      }
      askAgain();
    }
    return flagging.store(mailboxId, folderId, uids, change, flags, unchangedSince);
  }

  /** Does to the table what was done to the index, unless somebody has read it from there. */
  private void stored(long modSeqBefore, UidSet uids, FlagEdit edit) {
    lock.lock();
    try {
      var now = view;
      if (now.modSeq() == modSeqBefore) {
        edit.applyTo(now, uids, modSeqBefore + 1);
        view =
            new FolderView(now.table(), now.count(), modSeqBefore + 1, now.uidNext(), now.names());
      }
    } finally {
      lock.unlock();
    }
    watchers.forEach(Watcher::wake);
    changesOfMailbox.announce(mailboxId, List.of(new MailboxNotice.Flags(folderId)));
  }
}
