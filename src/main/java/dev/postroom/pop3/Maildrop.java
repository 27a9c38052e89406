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
  private final List<StoredMessage> messages;
  private final BitSet deleted = new BitSet();

  private Maildrop(
      MailboxStore store, long folderId, long uidValidity, List<StoredMessage> messages) {
    this.store = store;
    this.folderId = folderId;
    this.uidValidity = uidValidity;
    this.messages = messages;
  }

  static Maildrop open(MailboxStore store) {
    var inbox = store.folder("INBOX").orElseThrow();
    var messages = store.messages(inbox.id(), UidSet.ALL);
    return new Maildrop(store, inbox.id(), inbox.uidValidity(), List.copyOf(messages));
  }

  /** Whether there is a message of that number that is not marked as deleted. */
  boolean has(int number) {
    return number >= 1 && number <= messages.size() && !deleted.get(number);
  }

  /** The numbers of all messages that are not marked as deleted. */
  IntStream numbers() {
    return IntStream.rangeClosed(1, messages.size()).filter(this::has);
  }

  long size(int number) {
    return message(number).size();
  }

  /** Octets of all messages that are not marked as deleted. */
  long size() {
    return numbers().mapToLong(this::size).sum();
  }

  int count() {
    return messages.size() - deleted.cardinality();
  }

  /** RFC 1939 §7: 1 to 70 printable characters, the same in every session. */
  String uniqueId(int number) {
    return uidValidity + "." + message(number).uid();
  }

  Blob content(int number) throws IOException {
    return store.content(message(number).contentId());
  }

  private StoredMessage message(int number) {
    return messages.get(number - 1);
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
    var uids = deleted.stream().mapToObj(number -> message(number).uid()).toList();
    if (!uids.isEmpty()) {
      store.remove(folderId, UidSet.of(uids));
    }
    return uids.size();
  }
}
