package dev.postroom.pop3;

import dev.postroom.blob.Blob;
import dev.postroom.store.MailboxStore;
import dev.postroom.store.StoredMessage;
import dev.postroom.store.UidSet;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The INBOX as it was at login, its messages numbered from 1 (RFC 1939 §5). Deleting only marks,
 * until {@link #update}.
 */
final class Maildrop {
  private final MailboxStore store;
  private final long folderId;
  private final long uidValidity;
  // Of message number n at n - 1; arrays, because there may be a hundred thousand
  private final long[] uids;
  private final long[] sizes;
  private final long[] contentIds;
  private final BitSet deleted = new BitSet();

  private Maildrop(
      MailboxStore store, long folderId, long uidValidity, List<StoredMessage> messages) {
    this.store = store;
    this.folderId = folderId;
    this.uidValidity = uidValidity;
    this.uids = messages.stream().mapToLong(StoredMessage::uid).toArray();
    this.sizes = messages.stream().mapToLong(StoredMessage::size).toArray();
    this.contentIds = messages.stream().mapToLong(StoredMessage::contentId).toArray();
  }

  static Maildrop open(MailboxStore store) {
    var inbox = store.folder("INBOX").orElseThrow();
    return new Maildrop(
        store, inbox.id(), inbox.uidValidity(), store.messages(inbox.id(), UidSet.ALL));
  }

  /** Whether there is a message of that number that is not marked as deleted. */
  boolean has(int number) {
    return number >= 1 && number <= uids.length && !deleted.get(number);
  }

  /** The numbers of all messages that are not marked as deleted. */
  IntStream numbers() {
    return IntStream.rangeClosed(1, uids.length).filter(this::has);
  }

  long size(int number) {
    return sizes[number - 1];
  }

  /** Octets of all messages that are not marked as deleted. */
  long size() {
    return numbers().mapToLong(this::size).sum();
  }

  int count() {
    return uids.length - deleted.cardinality();
  }

  /** RFC 1939 §7: 1 to 70 printable characters, the same in every session. */
  String uniqueId(int number) {
    return uidValidity + "." + uids[number - 1];
  }

  Blob content(int number) throws IOException {
    return store.content(contentIds[number - 1]);
  }

  void delete(int number) {
    deleted.set(number);
  }

  /** RFC 1939 §5: RSET unmarks them all. */
  void reset() {
    deleted.clear();
  }

  /**
   * RFC 1939 §6: removes what is marked, all of it or nothing.
   *
   * @return how many messages were marked
   */
  int update() {
    var marked = deleted.stream().mapToObj(number -> uids[number - 1]).toList();
    if (!marked.isEmpty()) {
      store.remove(folderId, UidSet.of(marked));
    }
    return marked.size();
  }
}
