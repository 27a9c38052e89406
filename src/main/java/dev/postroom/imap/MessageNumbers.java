package dev.postroom.imap;

import dev.postroom.imap.syntax.SequenceSet;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which message has which number in a session (RFC 3501 §2.3.1.2), and its flags as the client
 * knows them. Numbers begin at 1. A few octets for each message: UIDs have 32 bits, and equal sets
 * of flags are one object.
 */
final class MessageNumbers {
  private int[] uids = {};

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Set<String>[] flags = new Set[0];

  private int count;
  private final Map<Set<String>, Set<String>> knownFlags = new HashMap<>();

  int count() {
    return count;
  }

  long uid(int number) {
    return Integer.toUnsignedLong(uids[number - 1]);
  }

  long lastUid() {
    return count == 0 ? 0 : uid(count);
  }

  Set<String> flags(int number) {
    return flags[number - 1];
  }

  /** The number of a UID, or 0. */
  int number(long uid) {
    int at = lowerBound(uid);
    return at <= count && uid(at) == uid ? at : 0;
  }

  /** The first number whose UID is not below {@code uid}; {@code count + 1} when there is none. */
  private int lowerBound(long uid) {
    int low = 1;
    int high = count + 1;
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

  void add(long uid, Set<String> itsFlags) {
    if (count == uids.length) {
      int room = Math.max(16, count + count / 2);
      uids = Arrays.copyOf(uids, room);
      flags = Arrays.copyOf(flags, room);
    }
    uids[count] = (int) uid;
    flags[count] = one(itsFlags);
    count++;
  }

  void flags(int number, Set<String> newFlags) {
    flags[number - 1] = one(newFlags);
  }

  /** Sorted, so that equal flags are told in equal words. */
  private Set<String> one(Set<String> equal) {
    return knownFlags.computeIfAbsent(
        equal, some -> Collections.unmodifiableSet(new TreeSet<>(some)));
  }

  /**
   * Takes messages away.
   *
   * @return the numbers to tell the client, in the order to tell them: each as it is after those
   *     before it are gone (RFC 3501 §7.4.1)
   */
  int[] remove(Collection<Long> gone) {
    var told = new int[gone.size()];
    int removed = 0;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (gone.contains(uid(i + 1))) {
        told[removed] = i + 1 - removed;
        removed++;
      } else {
        uids[kept] = uids[i];
        flags[kept] = flags[i];
        kept++;
      }
    }
    Arrays.fill(flags, kept, count, Set.of());
    count = kept;
    return Arrays.copyOf(told, removed);
  }

  /** The messages of these UIDs, as numbers; UIDs that are not there are left out. */
  int[] ofUids(SequenceSet uidSet) {
    var numbers = new BitSet();
    for (var range : uidSet.resolve(lastUid())) {
      int first = lowerBound(range.first());
      int afterLast = lowerBound(range.last() + 1);
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
        .allMatch(range -> reachesLast(range) || Math.max(range.first(), range.last()) <= count);
  }

  private static boolean reachesLast(SequenceSet.Range range) {
    return range.first() == SequenceSet.LAST || range.last() == SequenceSet.LAST;
  }

  int[] ofNumbers(SequenceSet numberSet) {
    var numbers = new BitSet();
    for (var range : numberSet.resolve(count)) {
      int first = (int) Math.max(range.first(), 1);
      int last = (int) Math.min(range.last(), count);
      if (first <= last) {
        numbers.set(first, last + 1);
      }
    }
    return numbers.stream().toArray();
  }
}
