package dev.postroom.store;

import dev.postroom.store.MailboxStore.FlagChange;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * The same change of flags for many messages, as bits: new flags are the old {@code & keep | set}.
 *
 * @param unchangedSince only for messages with no higher MODSEQ
 */
record FlagEdit(long keep, long set, long unchangedSince) {
  static FlagEdit of(FlagChange change, long bits, long unchangedSince) {
    return switch (change) {
      case REPLACE -> new FlagEdit(0, bits, unchangedSince);
      case ADD -> new FlagEdit(Long.MAX_VALUE, bits, unchangedSince);
      case REMOVE -> new FlagEdit(Long.MAX_VALUE & ~bits, 0, unchangedSince);
    };
  }

  /** Absent when it needs a keyword that the folder does not know yet. */
  static Optional<FlagEdit> of(
      FlagChange change, Set<String> flags, long unchangedSince, FlagNames names) {
    if (change == FlagChange.REMOVE) {
      return Optional.of(of(change, names.encodeKnown(flags), unchangedSince));
    }
    var bits = names.encode(flags);
    return bits.isPresent()
        ? Optional.of(of(change, bits.getAsLong(), unchangedSince))
        : Optional.empty();
  }

  boolean isFor(long modSeq) {
    return modSeq <= unchangedSince;
  }

  long apply(long flags) {
    return flags & keep | set;
  }

  /** What a change does to the counts of a folder. */
  record Effect(long messages, long unseen, long deleted) {}

  Effect effectOn(FolderView view, UidSet uids) {
    var sum = new long[3];
    forEachChanged(
        view,
        uids,
        at -> {
          long before = view.flagBits(at);
          long after = apply(before);
          sum[0]++;
          sum[1] += has(before, FlagBits.SEEN) - has(after, FlagBits.SEEN);
          sum[2] += has(after, FlagBits.DELETED) - has(before, FlagBits.DELETED);
        });
    return new Effect(sum[0], sum[1], sum[2]);
  }

  private static int has(long flags, long bit) {
    return (flags & bit) == 0 ? 0 : 1;
  }

  void applyTo(FolderView view, UidSet uids, long modSeq) {
    var table = view.table();
    forEachChanged(view, uids, at -> table.change(at, apply(table.flags(at)), modSeq));
  }

  private void forEachChanged(FolderView view, UidSet uids, IntConsumer what) {
    for (var range : uids.ranges()) {
      int end = range.last() == Long.MAX_VALUE ? view.count() : view.lowerBound(range.last() + 1);
      for (int at = view.lowerBound(range.first()); at < end; at++) {
        if (isFor(view.modSeq(at)) && apply(view.flagBits(at)) != view.flagBits(at)) {
          what.accept(at);
        }
      }
    }
  }

  /** The messages that it is not for. */
  UidSet leftOut(FolderView view, UidSet uids) {
    if (unchangedSince == Long.MAX_VALUE) {
      return UidSet.EMPTY;
    }
    var left = new ArrayList<Long>();
    for (var range : uids.ranges()) {
      for (int at = view.lowerBound(range.first());
          at < view.count() && view.uid(at) <= range.last();
          at++) {
        if (!isFor(view.modSeq(at))) {
          left.add(view.uid(at));
        }
      }
    }
    return UidSet.of(left);
  }
}
