package dev.postroom.store;

import dev.postroom.store.MailboxStore.FlagChange;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * The same change of flags for many messages, as bits: new flags are the old {@code & keep | set}.
 */
record FlagEdit(long keep, long set) {
  static FlagEdit of(FlagChange change, long bits) {
    return switch (change) {
      case REPLACE -> new FlagEdit(0, bits);
      case ADD -> new FlagEdit(Long.MAX_VALUE, bits);
      case REMOVE -> new FlagEdit(Long.MAX_VALUE & ~bits, 0);
    };
  }

  /** Absent when it needs a keyword that the folder does not know yet. */
  static Optional<FlagEdit> of(FlagChange change, Set<String> flags, FlagNames names) {
    if (change == FlagChange.REMOVE) {
      return Optional.of(of(change, names.encodeKnown(flags)));
    }
    var bits = names.encode(flags);
    return bits.isPresent() ? Optional.of(of(change, bits.getAsLong())) : Optional.empty();
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
        if (apply(view.flagBits(at)) != view.flagBits(at)) {
          what.accept(at);
        }
      }
    }
  }
}
