package dev.postroom.store;

import java.util.Arrays;
import java.util.List;

/**
 * The messages of a folder as columns in UID order, 40 octets for each.
 *
 * <p>Threads: written by one thread at a time, under the lock of {@link LiveFolder}. Rows are added
 * behind those that a {@link FolderView} has published, so a reader who keeps to its view never
 * sees half a row. Flags and MODSEQs of published rows change in place: a reader sees the older or
 * the newer ones, and is told of the newer by the next view.
 */
final class FolderTable {
  static final FolderTable EMPTY = new FolderTable(0);

  private final int[] uids; // 32 bits without sign (RFC 3501 §2.3.1.1)
  private final long[] flags;
  private final long[] modSeqs;
  private final long[] internalDates;
  private final int[] sizes;
  private final long[] contentIds;

  private FolderTable(int capacity) {
    uids = new int[capacity];
    flags = new long[capacity];
    modSeqs = new long[capacity];
    internalDates = new long[capacity];
    sizes = new int[capacity];
    contentIds = new long[capacity];
  }

  private FolderTable(FolderTable of, int capacity) {
    uids = Arrays.copyOf(of.uids, capacity);
    flags = Arrays.copyOf(of.flags, capacity);
    modSeqs = Arrays.copyOf(of.modSeqs, capacity);
    internalDates = Arrays.copyOf(of.internalDates, capacity);
    sizes = Arrays.copyOf(of.sizes, capacity);
    contentIds = Arrays.copyOf(of.contentIds, capacity);
  }

  /** This table where it has room for so many rows, else a copy of it that has. */
  FolderTable withRoomFor(int rows) {
    if (rows <= uids.length) {
      return this;
    }
    boolean first = uids.length == 0;
    return new FolderTable(this, first ? rows : Math.max(rows, uids.length + uids.length / 2 + 8));
  }

  /** A copy of the first {@code count} rows without those whose UIDs are gone. */
  FolderTable without(UidSet gone, int count) {
    var left = new FolderTable(count);
    int kept = 0;
    for (int at = 0; at < count; at++) {
      if (!gone.contains(uid(at))) {
        left.uids[kept] = uids[at];
        left.flags[kept] = flags[at];
        left.modSeqs[kept] = modSeqs[at];
        left.internalDates[kept] = internalDates[at];
        left.sizes[kept] = sizes[at];
        left.contentIds[kept] = contentIds[at];
        kept++;
      }
    }
    return kept == count ? this : new FolderTable(left, kept);
  }

  int capacity() {
    return uids.length;
  }

  void put(int at, IndexRow row) {
    uids[at] = (int) row.uid();
    internalDates[at] = row.internalDate();
    sizes[at] = (int) Math.min(row.size(), Integer.MAX_VALUE);
    contentIds[at] = row.contentId();
    change(at, row.flags(), row.modSeq());
  }

  /** The flags first: whoever sees the MODSEQ early is told again by the view that has it. */
  void change(int at, long itsFlags, long modSeq) {
    flags[at] = itsFlags;
    modSeqs[at] = modSeq;
  }

  long uid(int at) {
    return Integer.toUnsignedLong(uids[at]);
  }

  long flags(int at) {
    return flags[at];
  }

  long modSeq(int at) {
    return modSeqs[at];
  }

  long internalDate(int at) {
    return internalDates[at];
  }

  long size(int at) {
    return sizes[at];
  }

  long contentId(int at) {
    return contentIds[at];
  }

  /** The first of {@code count} rows whose UID is not below {@code uid}; count if none is. */
  int lowerBound(long uid, int count) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (uid(middle) < uid) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether one of {@code count} rows has a UID of these. */
  boolean hasAny(List<UidSet.Range> ranges, int count) {
    return ranges.stream()
        .anyMatch(range -> lowerBound(range.first(), count) < lowerBound(range.last() + 1, count));
  }
}
