package dev.postroom.imap;

import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.imap.syntax.Resync;
import dev.postroom.imap.syntax.SequenceSet;
import dev.postroom.store.FolderView;
import dev.postroom.store.UidSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/**
 * Tells a client that was away what is gone and what has changed since (RFC 7162 §3.2). What is
 * gone but still has a number in the session is told later, as for everybody.
 */
record Resynchronization(SelectedFolder folder, ResponseWriter out) {

  /** After SELECT has described the folder. */
  void tell(Resync resync) throws IOException {
    var known = resync.known() == null ? UidSet.ALL : uids(resync.known());
    var match = resync.match();
    tellVanished(known, resync.modSeq(), match == null ? 0 : lastMatched(match));
    var flags = folder.currentFlags();
    for (int number = 1; number <= folder.numbers().count(); number++) {
      if (flags.modSeq(number) > resync.modSeq() && known.contains(folder.numbers().uid(number))) {
        folder.tellFlags(number, true, flags, out);
      }
    }
  }

  /** RFC 7162 §3.2.6: those of a UID FETCH that are gone. */
  void tellVanished(SequenceSet uids, long sinceModSeq) throws IOException {
    tellVanished(uids(uids), sinceModSeq, 0);
  }

  /**
   * @param inStep up to this UID the client knows what is gone, whatever is remembered here
   */
  private void tellVanished(UidSet known, long sinceModSeq, long inStep) throws IOException {
    var view = folder.numbers().view();
    var gone =
        folder
            .mailbox()
            .expunged(folder.id(), sinceModSeq, view.modSeq())
            .orElseGet(() -> allThatAreGone(view, inStep))
            .and(known);
    if (!gone.isEmpty()) {
      out.raw("* VANISHED (EARLIER) ").raw(gone.toString()).crlf();
    }
  }

  /** For one who was away for longer than expunges are remembered (RFC 7162 §3.2.5.2). */
  private static UidSet allThatAreGone(FolderView view, long inStep) {
    var gone = new ArrayList<UidSet.Range>();
    long next = inStep + 1;
    for (int at = view.lowerBound(next); at < view.count(); at++) {
      long uid = view.uid(at);
      if (uid > next) {
        gone.add(new UidSet.Range(next, uid - 1));
      }
      next = uid + 1;
    }
    if (next < view.uidNext()) {
      gone.add(new UidSet.Range(next, view.uidNext() - 1));
    }
    return new UidSet(gone);
  }

  /** The last UID up to which the client's numbers are ours: none below it is gone. */
  private long lastMatched(Resync.Match match) {
    var numbers = each(match.numbers());
    var uids = each(match.uids());
    long last = 0;
    while (numbers.hasNext() && uids.hasNext()) {
      long number = numbers.nextLong();
      long uid = uids.nextLong();
      if (number > folder.numbers().count() || folder.numbers().uid((int) number) != uid) {
        break;
      }
      last = uid;
    }
    return last;
  }

  private static PrimitiveIterator.OfLong each(SequenceSet set) {
    return set.ranges().stream()
        .flatMapToLong(range -> LongStream.rangeClosed(range.first(), range.last()))
        .iterator();
  }

  /** {@code *} is the last UID that was ever given. */
  private UidSet uids(SequenceSet set) {
    return new UidSet(
        set.resolve(Math.max(1, folder.numbers().view().uidNext() - 1)).stream()
            .map(range -> new UidSet.Range(range.first(), range.last()))
            .toList());
  }
}
