package dev.postroom.store;

import java.util.List;

/**
 * What the index has to tell about a folder since a moment, read in one snapshot.
 *
 * @param rows new or changed, in UID order
 * @param expunged may hold UIDs that the asker never saw
 */
record FolderNews(
    List<IndexRow> rows, UidSet expunged, long modSeq, long uidNext, Keywords keywords) {

  FolderView appliedTo(FolderView before) {
    var names = FlagNames.of(keywords).or(before.names());
    var table = before.table();
    int count = before.count();
    if (table.hasAny(expunged.ranges(), count)) {
      table = table.without(expunged, count);
      count = table.capacity();
    }
    table = table.withRoomFor(count + arrivals(table, count));
    for (var row : rows) {
      int at = table.lowerBound(row.uid(), count);
      if (at == count) {
        table.put(count, row);
        count++;
      } else if (table.uid(at) == row.uid()) {
        table.change(at, row.flags(), row.modSeq());
      } // else UIDs do not only grow (RFC 3501 §2.3.1.1): it cannot be given a number
    }
    return new FolderView(table, count, modSeq, uidNext, names);
  }

  private int arrivals(FolderTable table, int count) {
    long last = count == 0 ? 0 : table.uid(count - 1);
    return (int) rows.stream().filter(row -> row.uid() > last).count();
  }
}
