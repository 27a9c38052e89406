package dev.postroom.pop3;

import dev.postroom.blob.Blob;
import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import dev.postroom.store.MailboxStore;
import dev.postroom.store.StoredMessage;
import dev.postroom.store.UidSet;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The INBOX as it was at login, its messages numbered from 1 (RFC 1939 §5). Deleting only marks,
 * until {@link #update}.
 */
final class Maildrop {
  /** So many blobs are looked up together: clients fetch one message after the other. */
  private static final int AHEAD = 256;

  private final MailboxStore store;
  private final Blobs blobs;
  private final long folderId;
  private final long uidValidity;
  // Of message number n at n - 1; arrays, because there may be a hundred thousand
  private final long[] uids;
  private final long[] sizes;
  private final long[] contentIds;
  private final BitSet deleted = new BitSet();
  private Map<Long, BlobId> lookedUp = Map.of();

  private Maildrop(
      MailboxStore store,
      Blobs blobs,
      long folderId,
      long uidValidity,
      List<StoredMessage> messages,
      Map<Long, Integer> lineEnds) {
    this.store = store;
    this.blobs = blobs;
    this.folderId = folderId;
    this.uidValidity = uidValidity;
    this.uids = messages.stream().mapToLong(StoredMessage::uid).toArray();
    // RFC 1939 §11: as it is sent, with CRLF at the end of each line
    this.sizes =
        messages.stream()
            .mapToLong(message -> message.size() + lineEnds.getOrDefault(message.uid(), 0))
            .toArray();
    this.contentIds = messages.stream().mapToLong(StoredMessage::contentId).toArray();
  }

  static Maildrop open(MailboxStore store, Blobs blobs) {
    var inbox = store.folder("INBOX").orElseThrow();
    return new Maildrop(
        store,
        blobs,
        inbox.id(),
        inbox.uidValidity(),
        store.messages(inbox.id(), UidSet.ALL),
        store.lineEnds(inbox.id()));
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
    long id = contentIds[number - 1];
    var blob = lookedUp.get(id);
    if (blob == null) {
      lookedUp = lookUpFrom(number);
      blob = lookedUp.get(id);
    }
    try {
      return blob == null ? store.content(id) : blobs.open(blob);
    } catch (NoSuchFileException _) {
      return store.content(id); // the other word was old: this tells what has become of it
    }
  }

  private Map<Long, BlobId> lookUpFrom(int number) {
    return store.blobs(
        IntStream.rangeClosed(number, uids.length)
            .filter(this::has)
            .limit(AHEAD)
            .mapToObj(n -> contentIds[n - 1])
            .collect(Collectors.toSet()));
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
