package dev.postroom.imap;

import dev.postroom.directory.FolderRight;
import dev.postroom.directory.FolderRights;
import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.imap.syntax.SequenceSet;
import dev.postroom.store.FolderInfo;
import dev.postroom.store.FolderView;
import dev.postroom.store.FolderWatch;
import dev.postroom.store.LiveFolder;
import dev.postroom.store.LiveFolder.Stored;
import dev.postroom.store.MailboxStore;
import dev.postroom.store.MailboxStore.FlagChange;
import dev.postroom.store.UidSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folder that a session has selected, as its client knows it: the view that it was told of. How
 * the folder differs from that by now is told with {@link #report}, at the moments when RFC 3501
 * allows it.
 *
 * <p>Used by the session's own thread; only the wake-up comes from others.
 */
final class SelectedFolder implements AutoCloseable {
  static final List<String> SYSTEM_FLAGS =
      List.of("\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft");

  private static final FolderRight[] CHANGING = {
    FolderRight.INSERT,
    FolderRight.EXPUNGE,
    FolderRight.SEEN,
    FolderRight.WRITE,
    FolderRight.DELETE_MESSAGES
  };

  /** More of the session's own changes are not remembered: it hears of the oldest once more. */
  private static final int MOST_OWN_MODSEQS = 1000;

  private final FolderInfo info;
  private final boolean examined;
  private final MailboxStore mailbox;
  private final Access access;
  private final FolderWatch watch;
  private final MessageLimit limit;
  private final SavedResult saved = new SavedResult();
  private final Set<Extension> enabled;
  private FolderRights toldRights;
  private MessageNumbers numbers;
  private Set<String> keywords;

  /** Flags are told up to this MODSEQ... */
  private long toldModSeq;

  /** ...and of these beyond it: the session's own changes, told with their commands. */
  private final List<Long> ownModSeqs = new ArrayList<>(0);

  private SelectedFolder(
      FoundFolder found,
      Access access,
      boolean examined,
      MessageLimit limit,
      Set<Extension> enabled,
      FolderWatch watch) {
    this.mailbox = found.mailbox();
    this.info = found.folder();
    this.access = access;
    this.toldRights = access.rights();
    this.examined = examined;
    this.limit = limit;
    this.enabled = enabled;
    this.watch = watch;
    var view = watch.folder().refreshed();
    this.numbers = new MessageNumbers(view);
    this.keywords = view.keywords();
    this.toldModSeq = view.modSeq();
  }

  /**
   * @param enabled by the session, now and later
   * @param wake called from any thread when something has changed
   */
  static SelectedFolder open(
      FoundFolder found,
      Access access,
      boolean examined,
      MessageLimit limit,
      Set<Extension> enabled,
      Runnable wake) {
    var watch = found.mailbox().watch(found.id(), wake);
    try {
      return new SelectedFolder(found, access, examined, limit, enabled, watch);
    } catch (RuntimeException failed) {
      watch.close();
      throw failed;
    }
  }

  FolderInfo info() {
    return info;
  }

  long id() {
    return info.id();
  }

  /** RFC 4314 §5.2: whether there is nothing that the user may change. */
  boolean isReadOnly() {
    return examined || !access.rights().hasAny(CHANGING);
  }

  boolean may(FolderRight right) {
    return !examined && access.rights().has(right);
  }

  /** RFC 4314 §5.1: why it cannot stay selected. */
  Optional<String> over() {
    return access.rights().has(FolderRight.READ)
        ? Optional.empty()
        : Optional.of("you may not read the selected folder any more");
  }

  Access access() {
    return access;
  }

  /** Tells what flags may be changed (RFC 4314 §5.1), when that is not what was told last. */
  void tellRights(ResponseWriter out) throws IOException {
    if (!access.rights().equals(toldRights)) {
      tellPermanentFlags(out);
    }
  }

  void tellPermanentFlags(ResponseWriter out) throws IOException {
    toldRights = access.rights();
    var permanent = flags();
    permanent.removeIf(flag -> examined || !Access.mayChange(toldRights, flag));
    if (may(FolderRight.WRITE)) {
      permanent.add("\\*");
    }
    out.raw("* OK [PERMANENTFLAGS ").flags(permanent).raw("] ");
    out.raw(isReadOnly() ? "read-only" : "kept").crlf();
  }

  MessageNumbers numbers() {
    return numbers;
  }

  MessageLimit limit() {
    return limit;
  }

  MailboxStore mailbox() {
    return mailbox;
  }

  private LiveFolder live() {
    return watch.folder();
  }

  /** System flags, then keywords. */
  List<String> flags() {
    var all = new ArrayList<>(SYSTEM_FLAGS);
    all.addAll(keywords);
    return all;
  }

  /** The numbers that a command means, as many as it may work on. */
  int[] resolve(SequenceSet set, boolean uid) throws NoSuchMessageException {
    return limit.cut(all(set, uid), numbers);
  }

  /** All the numbers that a set means. */
  int[] all(SequenceSet set, boolean uid) throws NoSuchMessageException {
    if (set.isSaved()) {
      return saved.in(numbers);
    }
    if (uid) {
      return numbers.ofUids(set);
    }
    if (!numbers.hasAll(set)) {
      throw new NoSuchMessageException(
          "the folder has " + numbers.count() + " messages, not those of " + set);
    }
    return numbers.ofNumbers(set);
  }

  /** What {@code $} means from now on (RFC 5182 §2.1). */
  SavedResult saved() {
    return saved;
  }

  UidSet uids(int[] ascending) {
    return numbers.uids(ascending);
  }

  /** Asks the store at the next report, whether or not it has told of a change. */
  void askAgain() {
    live().askAgain();
  }

  /** The flags of messages as they are known at this moment. */
  CurrentFlags currentFlags() {
    return new CurrentFlags(numbers, live().view(), toldModSeq, List.copyOf(ownModSeqs));
  }

  /** The client knows the folder as it was at this MODSEQ. */
  long toldModSeq() {
    return toldModSeq;
  }

  /** RFC 7162 §3.1.2.1: of what the client has been told. */
  void tellHighestModSeq(ResponseWriter out) throws IOException {
    long known = Math.min(toldModSeq, numbers.view().modSeq());
    out.raw("* OK [HIGHESTMODSEQ ").number(known).raw("] so far").crlf();
  }

  /**
   * Changes flags; the caller tells the client of what it changes.
   *
   * @param unchangedSince only of messages with no higher MODSEQ (RFC 7162 §3.1.3)
   */
  Stored store(int[] ascending, FlagChange change, Set<String> flags, long unchangedSince) {
    var stored = live().store(uids(ascending), change, flags, unchangedSince);
    if (stored.modSeq() > toldModSeq) {
      if (ownModSeqs.size() == MOST_OWN_MODSEQS) {
        ownModSeqs.removeFirst();
      }
      ownModSeqs.add(stored.modSeq());
    }
    live().refreshed();
    return stored;
  }

  /**
   * Tells the client what has changed (RFC 3501 §5.2, §7.3.1, §7.4).
   *
   * @param numbersMayChange false while message numbers must stay: EXPUNGE then waits, and what has
   *     arrived after it
   */
  void report(ResponseWriter out, boolean numbersMayChange) throws IOException {
    report(out, numbersMayChange, true);
  }

  /** The same; flags that others have changed only if they are wanted (RFC 5465 §5.1). */
  void report(ResponseWriter out, boolean numbersMayChange, boolean flagsWanted)
      throws IOException {
    var now = live().refreshed();
    if (now.modSeq() == toldModSeq && numbers.view().isStartOf(now)) {
      return;
    }
    learnKeywords(now, out);
    int known = numbers.count();
    if (numbersMayChange) {
      known -= tellExpunged(now, out);
    }
    if (numbersMayChange || numbers.view().isStartOf(now)) {
      numbers = new MessageNumbers(now);
    }
    if (numbers.count() > known) {
      out.raw("* ").number(numbers.count()).raw(" EXISTS").crlf();
    }
    if (flagsWanted) {
      if (now.modSeq() - toldModSeq > ownModSeqs.size()) {
        tellChangedFlags(known, out);
      }
      toldModSeq = now.modSeq();
      ownModSeqs.clear();
    } // else they stay untold
    if (tellsUids() && !numbers.view().isStartOf(now)) {
      tellHighestModSeq(out); // RFC 7162 §6: the MODSEQs told say nothing of the VANISHED to come
    }
  }

  /** Gives how many were told. */
  private int tellExpunged(FolderView now, ResponseWriter out) throws IOException {
    if (numbers.view().isStartOf(now)) {
      return 0;
    }
    if (tellsUids() || tellsOnlyUids()) { // RFC 7162 §3.2.10: never EXPUNGE any more
      var gone = numbers.goneIn(now);
      out.raw("* VANISHED ").raw(UidSet.of(gone).toString()).crlf();
      return gone.size();
    }
    var expunged = numbers.expungedIn(now);
    for (int number : expunged) {
      out.raw("* ").number(number).raw(" EXPUNGE").crlf();
    }
    return expunged.length;
  }

  private void tellChangedFlags(int known, ResponseWriter out) throws IOException {
    var current = currentFlags();
    for (int number = 1; number <= known; number++) {
      if (current.isUntold(number)) {
        tellFlags(number, true, current, out);
      }
    }
  }

  /** A keyword that the client has not seen in FLAGS yet is announced first (RFC 3501 §7.2.6). */
  void learnKeywords(ResponseWriter out) throws IOException {
    learnKeywords(live().view(), out);
  }

  private void learnKeywords(FolderView now, ResponseWriter out) throws IOException {
    var before = keywords;
    keywords = now.keywords();
    if (keywords != before && !before.containsAll(keywords)) {
      out.raw("* FLAGS ").flags(flags()).crlf();
    }
  }

  /** Whether the client is told of MODSEQs, asked for or not (RFC 7162 §3.1). */
  boolean tellsModSeqs() {
    return enabled.contains(Extension.CONDSTORE);
  }

  /** Whether it hears UIDs with all that it did not ask for (RFC 7162 §3.2.4). */
  boolean tellsUids() {
    return enabled.contains(Extension.QRESYNC);
  }

  /** RFC 9586 §3: no message numbers any more. */
  boolean tellsOnlyUids() {
    return enabled.contains(Extension.UIDONLY);
  }

  /** Begins a response about a message, up to its items. */
  void beginFetch(int number, ResponseWriter out) throws IOException {
    if (tellsOnlyUids()) { // RFC 9586 §3.3
      out.raw("* ").number(numbers.uid(number)).raw(" UIDFETCH (");
    } else {
      out.raw("* ").number(number).raw(" FETCH (");
    }
  }

  private void beginChange(int number, boolean withUid, ResponseWriter out) throws IOException {
    beginFetch(number, out);
    if ((withUid || tellsUids()) && !tellsOnlyUids()) {
      out.raw("UID ").number(numbers.uid(number)).raw(' ');
    }
  }

  void tellFlags(int number, boolean withUid, CurrentFlags flags, ResponseWriter out)
      throws IOException {
    long modSeq = flags.modSeq(number); // before the flags, which may become newer meanwhile
    beginChange(number, withUid, out);
    out.raw("FLAGS ").flags(flags.of(number));
    if (tellsModSeqs()) {
      out.raw(" MODSEQ (").number(modSeq).raw(')');
    }
    out.raw(')').crlf();
  }

  /** For a client that can tell by itself what the flags are now. */
  void tellModSeq(int number, boolean withUid, CurrentFlags flags, ResponseWriter out)
      throws IOException {
    beginChange(number, withUid, out);
    out.raw("MODSEQ (").number(flags.modSeq(number)).raw("))").crlf();
  }

  @Override
  public void close() {
    watch.close();
  }
}
