package dev.postroom.imap;

import dev.postroom.imap.syntax.SequenceSet;
import dev.postroom.store.FolderView;
import dev.postroom.store.UidSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which message has which number in a session (RFC 3501 §2.3.1.2): the view of the folder that its
 * client has been told of. Numbers begin at 1.
 */
record MessageNumbers(FolderView view) {

  int count() {
    return view.count();
  }

  long uid(int number) {
    return view.uid(number - 1);
  }

  long contentId(int number) {
    return view.contentId(number - 1);
  }

  long size(int number) {
    return view.size(number - 1);
  }

  Instant internalDate(int number) {
    return view.internalDate(number - 1);
  }

  long lastUid() {
    return count() == 0 ? 0 : uid(count());
  }

  /** The number of a UID, or 0. */
  int number(long uid) {
    return view.find(uid) + 1;
  }

  /**
   * What to tell a client that goes on from these numbers to those of a later view: the messages
   * that are gone, each by its number as it is after those before it are gone (RFC 3501 §7.4.1).
   */
  int[] expungedIn(FolderView later) {
    var told = new int[count()];
    int removed = 0;
    int at = 0;
    for (int number = 1; number <= count(); number++) {
      if (at < later.count() && later.uid(at) == uid(number)) {
        at++;
      } else {
        told[removed] = number - removed;
        removed++;
      }
    }
    return Arrays.copyOf(told, removed);
  }

  /** The UIDs that are gone in a later view, ascending. */
  List<Long> goneIn(FolderView later) {
    var gone = new ArrayList<Long>();
    int at = 0;
    for (int number = 1; number <= count(); number++) {
      if (at < later.count() && later.uid(at) == uid(number)) {
        at++;
      } else {
        gone.add(uid(number));
      }
    }
    return gone;
  }

  /** The messages of these UIDs, as numbers; UIDs that are not there are left out. */
  int[] ofUids(SequenceSet uidSet) {
    var numbers = new BitSet();
    for (var range : uidSet.resolve(lastUid())) {
      int first = view.lowerBound(range.first()) + 1;
      int afterLast = view.lowerBound(range.last() + 1) + 1;
      numbers.set(first, Math.max(first, afterLast));
    }
    return numbers.stream().toArray();
  }

  /**
   * Whether all these numbers are in use. A range to {@code *} always is: clients ask for {@code
   * 1:*} of an empty folder, and for what is beyond the last message they know.
   */
  boolean hasAll(SequenceSet numberSet) {
    return numberSet.ranges().stream()
        .allMatch(range -> reachesLast(range) || Math.max(range.first(), range.last()) <= count());
  }

  private static boolean reachesLast(SequenceSet.Range range) {
    return range.first() == SequenceSet.LAST || range.last() == SequenceSet.LAST;
  }

  int[] ofNumbers(SequenceSet numberSet) {
    var numbers = new BitSet();
    for (var range : numberSet.resolve(count())) {
      int first = (int) Math.max(range.first(), 1);
      int last = (int) Math.min(range.last(), count());
      if (first <= last) {
        numbers.set(first, last + 1);
      }
    }
    return numbers.stream().toArray();
  }

  /**
   * The UIDs of ascending numbers. Where numbers follow each other the UIDs between theirs are gone
   * for good, so {@code 1:*} is one range.
   */
  UidSet uids(int[] ascending) {
    var ranges = new ArrayList<UidSet.Range>();
    int first = 0;
    for (int i = 1; i <= ascending.length; i++) {
      if (i == ascending.length || ascending[i] != ascending[i - 1] + 1) {
        ranges.add(new UidSet.Range(uid(ascending[first]), uid(ascending[i - 1])));
        first = i;
      }
    }
    return new UidSet(ranges);
  }
}
