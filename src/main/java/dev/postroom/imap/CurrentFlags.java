package dev.postroom.imap;

import dev.postroom.store.FolderView;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * The flags of a session's messages, as the store knew them at one moment. A message that was
 * expunged since the session was told has the flags that it had last.
 */
final class CurrentFlags {
  private final MessageNumbers numbers;
  private final FolderView now;
  private final boolean sameNumbers;
  private final long toldModSeq;
  private final List<Long> ownModSeqs;

  CurrentFlags(MessageNumbers numbers, FolderView now, long toldModSeq, List<Long> ownModSeqs) {
    this.numbers = numbers;
    this.now = now;
    this.sameNumbers = numbers.view().isStartOf(now);
    this.toldModSeq = toldModSeq;
    this.ownModSeqs = ownModSeqs;
  }

  /** Where the message is in the view of now, or -1. */
  private int at(int number) {
    return sameNumbers ? number - 1 : now.find(numbers.uid(number));
  }

  boolean isExpunged(int number) {
    return at(number) < 0;
  }

  long bits(int number) {
    int at = at(number);
    return at < 0 ? numbers.view().flagBits(number - 1) : now.flagBits(at);
  }

  /** Read before the flags, it is never newer than they are. */
  long modSeq(int number) {
    int at = at(number);
    return at < 0 ? numbers.view().modSeq(number - 1) : now.modSeq(at);
  }

  /** Their names, sorted. */
  Set<String> of(int number) {
    return now.flags(bits(number));
  }

  /** What is known of some messages before they are changed: this object will see the change. */
  static final class Known {
    private final FolderView view;
    private final long[] bits;
    private final BitSet untold = new BitSet();

    private Known(FolderView view, int count) {
      this.view = view;
      this.bits = new long[count];
    }

    Set<String> flags(int i) {
      return view.flags(bits[i]);
    }

    boolean isUntold(int i) {
      return untold.get(i);
    }
  }

  Known of(int[] some) {
    var known = new Known(now, some.length);
    for (int i = 0; i < some.length; i++) {
      known.bits[i] = bits(some[i]);
      known.untold.set(i, isUntold(some[i]));
    }
    return known;
  }

  /** Whether somebody else has changed the flags and the client does not know. */
  boolean isUntold(int number) {
    int at = at(number);
    if (at < 0) {
      return false;
    }
    long modSeq = now.modSeq(at);
    return modSeq > toldModSeq && !ownModSeqs.contains(modSeq);
  }
}
