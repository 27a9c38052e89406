package dev.postroom.store;

import dev.postroom.blob.Blob;
import dev.postroom.blob.BlobId;
import dev.postroom.directory.FolderRights;
import dev.postroom.message.MessageSummary;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The folders and messages of one mailbox. Each method is a transaction of its own (or joins the
 * caller's) and throws {@link StoreProblem} for what it turns down. Folder ids are checked to
 * belong to this mailbox.
 */
public interface MailboxStore {
  long mailboxId();

  // Folders

  /** All of them, by name; a new mailbox has INBOX and one for each {@link SpecialUse}. */
  List<FolderInfo> folders();

  /** By its name; {@code INBOX} in any case of letters (RFC 3501 §5.1). */
  Optional<FolderInfo> folder(String name);

  /** Those of these folders that are there. */
  List<FolderInfo> foldersById(Collection<Long> ids);

  /** Those of these folders that are there. */
  List<FolderInfo> foldersByName(Collection<String> canonicalNames);

  /** Creates missing levels above it, too (RFC 3501 §6.3.3). */
  FolderInfo create(String name, @Nullable SpecialUse specialUse);

  /** With its messages. Never INBOX; children stay (RFC 3501 §6.3.4). */
  void delete(long folderId);

  /** Children move with it; renaming INBOX moves its messages (RFC 3501 §6.3.5). */
  void rename(long folderId, String newName);

  /** Subscriptions are names: they may outlive their folder (RFC 3501 §6.3.6). */
  void subscribe(String name);

  void unsubscribe(String name);

  Set<String> subscriptions();

  /** Counts of several folders at once, in one query. */
  Map<Long, FolderStatus> status(Collection<Long> folderIds);

  /** How many octets the messages of each folder have that have {@code \Deleted}; absent for 0. */
  Map<Long, Long> deletedOctets(Collection<Long> folderIds);

  /**
   * Annotations (RFC 5464) that a reader may see, of several folders in one query. Shared ones are
   * those of this mailbox, private ones the reader's.
   *
   * @param folderIds {@link Annotation#SERVER} for those on the server
   */
  List<Annotation> annotations(long readerId, Collection<Long> folderIds, Annotation.Query query);

  /**
   * Sets annotations, all or none.
   *
   * @param values by entry; empty for what is to be removed
   * @throws StoreProblem LIMIT when the folder has too many
   */
  void annotate(long writerId, long folderId, Map<String, Optional<byte[]>> values);

  /**
   * The same, and what the folder is for.
   *
   * @param use empty for nothing special
   */
  void annotate(
      long writerId, long folderId, Map<String, Optional<byte[]>> values, Optional<SpecialUse> use);

  // Messages

  /**
   * Keeps a folder open for a session.
   *
   * @param wake called from any thread when something has changed; must not block
   */
  FolderWatch watch(long folderId, Runnable wake);

  /**
   * Hears of everything that changes in this mailbox, after it has committed.
   *
   * @param listener called with what one transaction has done, by its thread; must not block
   */
  Changes.Subscription listen(Consumer<List<MailboxNotice>> listener);

  /** Rows of the index in UID order. */
  List<StoredMessage> messages(long folderId, UidSet uids);

  /**
   * By UID, how many octets longer a message is when all its lines end with CRLF; those that need
   * none are left out.
   */
  Map<Long, Integer> lineEnds(long folderId);

  /**
   * What has changed since a moment, for a session that knows the folder as it was then.
   *
   * @param modSeq 0 for everything
   */
  FolderDelta since(long folderId, long modSeq);

  /**
   * UIDs that are gone since one moment, up to another; may hold some that nobody ever saw.
   *
   * @return empty when it was too long ago to know
   */
  Optional<UidSet> expunged(long folderId, long sinceModSeq, long toModSeq);

  /** When messages came into the folder (RFC 8514), by UID; absent for those that are gone. */
  Map<Long, Instant> saveDates(long folderId, UidSet uids);

  /** Those that came into the folder from one moment on and before another. */
  UidSet savedBetween(long folderId, Instant from, Instant to);

  /** How many keywords a folder can have at a time; those that no message has make room. */
  int MAX_KEYWORDS = FlagBits.KEYWORDS;

  /** The keywords that the folder's messages have or had. */
  Set<String> keywords(long folderId);

  /**
   * Summaries by content id, in one query for up to a few hundred. Here and below, content ids are
   * those of {@link StoredMessage}, never what a client sent.
   */
  Map<Long, MessageSummary> summaries(Collection<Long> contentIds);

  /** Header sections by content id; absent where the header was too long to keep in the index. */
  Map<Long, byte[]> headers(Collection<Long> contentIds);

  /** The beginnings of texts by content id; absent where nobody has kept one yet. */
  Map<Long, String> previews(Collection<Long> contentIds);

  void keepPreviews(Map<Long, String> previews);

  /** What the octets of messages are kept as, by content id, in one query. */
  Map<Long, BlobId> blobs(Collection<Long> contentIds);

  /**
   * The octets of a message. Those of an expunged message stay for a while (RFC 2180 §4.1.1).
   *
   * @throws StoreProblem NONEXISTENT when they are gone
   */
  Blob content(long contentId) throws IOException;

  /**
   * @return the UID it got
   * @throws StoreProblem OVERQUOTA
   */
  long append(long folderId, NewMessage message);

  /**
   * Where messages were appended.
   *
   * @param uids in the order of the messages; absent for those for which there was no room
   */
  record Appended(long folderId, long uidValidity, List<OptionalLong> uids) {}

  /**
   * Several into the folder of that name, in one transaction.
   *
   * @throws StoreProblem NONEXISTENT when there is no such folder; then nothing is appended
   */
  Appended append(String folder, List<NewMessage> messages);

  /**
   * The same, but all or none.
   *
   * @throws StoreProblem OVERQUOTA when there is no room for all of them
   */
  Appended appendAll(String folder, List<NewMessage> messages);

  /**
   * Puts a message into the folder of that name in the place of another, which is expunged whatever
   * its flags, in one transaction (RFC 8508 §3.3).
   *
   * @throws StoreProblem NONEXISTENT when the other is not there any more; nothing is done then
   */
  Appended replace(long folderId, long uid, long targetFolderId, NewMessage message);

  /** How {@link #store} changes flags. */
  enum FlagChange {
    REPLACE,
    ADD,
    REMOVE
  }

  /**
   * Changes flags (RFC 3501 §6.4.6).
   *
   * @return the messages as they are now, those that had these flags already included
   */
  List<StoredMessage> store(long folderId, UidSet uids, FlagChange change, Set<String> flags);

  /**
   * The result of copying or moving, the two sets in matching order (RFC 4315 COPYUID).
   *
   * @param uidValidity that of the target folder
   */
  record Copied(long uidValidity, List<Long> sourceUids, List<Long> targetUids) {}

  /** All or none (RFC 3501 §6.4.7). */
  Copied copy(long folderId, UidSet uids, Target target);

  /** RFC 6851: copied and expunged in one transaction. */
  Copied move(long folderId, UidSet uids, Target target);

  /**
   * Where messages are copied to, perhaps in another mailbox.
   *
   * @param rights flags that they do not allow to change are left behind (RFC 4314 §4)
   */
  record Target(long mailboxId, long folderId, FolderRights rights) {}

  /** Within this mailbox. */
  default Copied copy(long folderId, UidSet uids, long targetFolderId) {
    return copy(folderId, uids, new Target(mailboxId(), targetFolderId, FolderRights.ALL));
  }

  /** Within this mailbox. */
  default Copied move(long folderId, UidSet uids, long targetFolderId) {
    return move(folderId, uids, new Target(mailboxId(), targetFolderId, FolderRights.ALL));
  }

  /**
   * Removes the messages of {@code uids} that have {@code \Deleted}.
   *
   * @return their UIDs, ascending
   */
  List<Long> expunge(long folderId, UidSet uids);

  /** Removes messages whatever their flags: POP3's QUIT. */
  List<Long> remove(long folderId, UidSet uids);
}
