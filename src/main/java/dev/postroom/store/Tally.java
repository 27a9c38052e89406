package dev.postroom.store;

import java.util.Collection;

/** What a number of messages adds up to in a folder's counts. */
record Tally(long messages, long octets, long unseen, long deleted) {
  static final Tally NOTHING = new Tally(0, 0, 0, 0);

  static Tally of(long flags, long octets) {
    return new Tally(
        1, octets, (flags & FlagBits.SEEN) == 0 ? 1 : 0, (flags & FlagBits.DELETED) == 0 ? 0 : 1);
  }

  Tally plus(Tally other) {
    return new Tally(
        messages + other.messages,
        octets + other.octets,
        unseen + other.unseen,
        deleted + other.deleted);
  }

  static Tally of(Collection<IndexRow> rows) {
    long octets = 0;
    long unseen = 0;
    long deleted = 0;
    for (var row : rows) {
      octets += row.size();
      unseen += (row.flags() & FlagBits.SEEN) == 0 ? 1 : 0;
      deleted += (row.flags() & FlagBits.DELETED) == 0 ? 0 : 1;
    }
    return new Tally(rows.size(), octets, unseen, deleted);
  }
}
