package dev.postroom.imap;

import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.imap.syntax.SequenceSet;
import dev.postroom.store.Changes;
import dev.postroom.store.FolderInfo;
import dev.postroom.store.MailboxStore;
import dev.postroom.store.StoredMessage;
import dev.postroom.store.UidSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The folder that a session has selected, as its client knows it. What has changed since is asked
 * of the store and told with {@link #report}, at the moments when RFC 3501 allows it.
 *
 * <p>Used by the session's own thread; only the wake-up of {@link Changes} comes from others.
 */
final class SelectedFolder implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SelectedFolder.class);
  static final List<String> SYSTEM_FLAGS =
      List.of("\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft");

  private final FolderInfo info;
  private final boolean readOnly;
  private final MailboxStore mailbox;
  private final Changes.Subscription subscription;
  private final AtomicBoolean stale = new AtomicBoolean();
  private final MessageNumbers numbers = new MessageNumbers();
  private final Set<String> keywords;
  private final Set<Long> expungedUntold = new HashSet<>();
  private long modSeq;

  private SelectedFolder(
      MailboxStore mailbox, FolderInfo info, boolean readOnly, Changes changes, Runnable wake) {
    this.mailbox = mailbox;
    this.info = info;
    this.readOnly = readOnly;
    // Subscribed before the first look: nothing that happens between the two is missed.
    this.subscription =
        changes.subscribe(
            info.id(),
            () -> {
              stale.set(true);
              wake.run();
            });
    this.keywords = new TreeSet<>(mailbox.keywords(info.id()));
  }

  /**
   * @param wake called from any thread when something has changed
   */
  static SelectedFolder open(
      MailboxStore mailbox, FolderInfo info, boolean readOnly, Changes changes, Runnable wake) {
    var folder = new SelectedFolder(mailbox, info, readOnly, changes, wake);
    try {
      folder.load();
    } catch (RuntimeException failed) {
      folder.close();
      throw failed;
    }
    return folder;
  }

  private void load() {
    var everything = mailbox.since(info.id(), 0);
    for (var message : everything.changed()) {
      numbers.add(message.uid(), message.flags());
      keywords.addAll(keywordsOf(message.flags()));
    }
    modSeq = everything.highestModSeq();
  }

  FolderInfo info() {
    return info;
  }

  long id() {
    return info.id();
  }

  boolean isReadOnly() {
    return readOnly;
  }

  MessageNumbers numbers() {
    return numbers;
  }

  MailboxStore mailbox() {
    return mailbox;
  }

  /** System flags, then keywords. */
  List<String> flags() {
    var all = new ArrayList<>(SYSTEM_FLAGS);
    all.addAll(keywords);
    return all;
  }

  private static Collection<String> keywordsOf(Set<String> flags) {
    return flags.stream().filter(flag -> !flag.startsWith("\\")).toList();
  }

  /** The numbers that a command means. */
  int[] resolve(SequenceSet set, boolean uid) throws NoSuchMessageException {
    if (uid) {
      return numbers.ofUids(set);
    }
    if (!numbers.hasAll(set)) {
      throw new NoSuchMessageException(
          "the folder has " + numbers.count() + " messages, not those of " + set);
    }
    return numbers.ofNumbers(set);
  }

  UidSet uids(int[] messageNumbers) {
    return UidSet.of(Arrays.stream(messageNumbers).mapToObj(numbers::uid).toList());
  }

  /** Asks the store at the next report, whether or not it has told of a change. */
  void askAgain() {
    stale.set(true);
  }

  boolean isStale() {
    return stale.get();
  }

  boolean isExpunged(int number) {
    return expungedUntold.contains(numbers.uid(number));
  }

  /**
   * Tells the client what has changed (RFC 3501 §5.2, §7.3.1, §7.4).
   *
   * @param numbersMayChange false while message numbers must stay: EXPUNGE then waits
   */
  void report(ResponseWriter out, boolean numbersMayChange) throws IOException {
    var changedFlags = new HashSet<Long>();
    int before = numbers.count();
    if (stale.getAndSet(false)) {
      try {
        takeIn(changedFlags, out);
      } catch (RuntimeException failed) {
        stale.set(true);
        throw failed;
      }
    }
    int arrived = numbers.count() - before;
    if (numbersMayChange) {
      tellExpunged(out);
    }
    if (arrived > 0) {
      out.raw("* ").number(numbers.count()).raw(" EXISTS").crlf();
    }
    for (var uid : new TreeSet<>(changedFlags)) {
      int number = numbers.number(uid);
      if (number > 0) {
        tellFlags(number, true, out);
      }
    }
  }

  private void takeIn(Set<Long> changedFlags, ResponseWriter out) throws IOException {
    var delta = mailbox.since(info.id(), modSeq);
    for (var message : delta.changed()) {
      int number = numbers.number(message.uid());
      learnKeywords(message.flags(), out);
      if (number == 0) {
        arrived(message);
      } else if (!numbers.flags(number).equals(message.flags())) {
        numbers.flags(number, message.flags());
        changedFlags.add(message.uid());
      }
    }
    for (int number = 1; number <= numbers.count() && !delta.expunged().isEmpty(); number++) {
      if (delta.expunged().contains(numbers.uid(number))) {
        expungedUntold.add(numbers.uid(number));
      }
    }
    modSeq = delta.highestModSeq();
  }

  private void arrived(StoredMessage message) {
    if (message.uid() > numbers.lastUid()) {
      numbers.add(message.uid(), message.flags());
    } else {
      // RFC 3501 §2.3.1.1: UIDs only grow; a message below the last one cannot be given a number.
      LOG.errorf("folder %d: UID %d came late", info.id(), message.uid());
    }
  }

  private void tellExpunged(ResponseWriter out) throws IOException {
    if (expungedUntold.isEmpty()) {
      return;
    }
    for (int number : numbers.remove(expungedUntold)) {
      out.raw("* ").number(number).raw(" EXPUNGE").crlf();
    }
    expungedUntold.clear();
  }

  /** A keyword that the client has not seen in FLAGS yet is announced first (RFC 3501 §7.2.6). */
  void learnKeywords(Set<String> flags, ResponseWriter out) throws IOException {
    if (keywords.addAll(keywordsOf(flags))) {
      out.raw("* FLAGS ").flags(flags()).crlf();
    }
  }

  void tellFlags(int number, boolean withUid, ResponseWriter out) throws IOException {
    out.raw("* ").number(number).raw(" FETCH (");
    if (withUid) {
      out.raw("UID ").number(numbers.uid(number)).raw(' ');
    }
    out.raw("FLAGS ").flags(numbers.flags(number)).raw(')').crlf();
  }

  @Override
  public void close() {
    subscription.close();
  }
}
