package dev.postroom.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/** A set of UIDs as ascending ranges that neither touch nor overlap. */
public record UidSet(List<Range> ranges) {
  /** Both ends belong to it. */
  public record Range(long first, long last) {
    public Range {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException("not a range of UIDs: " + first + ":" + last);
      }
    }
  }

  public static final UidSet EMPTY = new UidSet(List.of());
  public static final UidSet ALL = new UidSet(List.of(new Range(1, Long.MAX_VALUE)));

  /** Sorts, joins and folds what it is given. */
  public UidSet {
    ranges = folded(ranges);
  }

  public static UidSet of(long uid) {
    return new UidSet(List.of(new Range(uid, uid)));
  }

  public static UidSet of(Collection<Long> uids) {
    return new UidSet(uids.stream().map(uid -> new Range(uid, uid)).toList());
  }

  private static List<Range> folded(List<Range> given) {
    var sorted = given.stream().sorted(Comparator.comparingLong(Range::first)).toList();
    var folded = new ArrayList<Range>();
    for (var next : sorted) {
      if (!folded.isEmpty() && folded.getLast().last() >= next.first() - 1) {
        var previous = folded.removeLast();
        folded.add(new Range(previous.first(), Math.max(previous.last(), next.last())));
      } else {
        folded.add(next);
      }
    }
    return List.copyOf(folded);
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  public boolean contains(long uid) {
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      var range = ranges.get(middle);
      if (uid < range.first()) {
        high = middle - 1;
      } else if (uid > range.last()) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /** What is in both. */
  public UidSet and(UidSet other) {
    var both = new ArrayList<Range>();
    int mine = 0;
    int its = 0;
    while (mine < ranges.size() && its < other.ranges.size()) {
      var a = ranges.get(mine);
      var b = other.ranges.get(its);
      long first = Math.max(a.first(), b.first());
      long last = Math.min(a.last(), b.last());
      if (first <= last) {
        both.add(new Range(first, last));
      }
      if (a.last() < b.last()) {
        mine++;
      } else {
        its++;
      }
    }
    return new UidSet(both);
  }

  /** Every UID, ascending. Not for {@link #ALL}. */
  public LongStream stream() {
    return ranges.stream().flatMapToLong(r -> LongStream.rangeClosed(r.first(), r.last()));
  }

  /** As IMAP writes it: {@code 1:3,7}. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var range : ranges) {
      text.append(text.isEmpty() ? "" : ",").append(range.first());
      if (range.last() > range.first()) {
        text.append(':').append(range.last());
      }
    }
    return text.toString();
  }
}
