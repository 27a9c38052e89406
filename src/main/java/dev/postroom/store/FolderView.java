package dev.postroom.store;

import java.time.Instant;
import java.util.Set;

/**
 * A folder as it was at one moment, its messages in UID order from 0 on. Cheap: views of a folder
 * share their columns, so a message's flags may be newer than its view.
 */
public final class FolderView {
  static final FolderView NOTHING =
      new FolderView(FolderTable.EMPTY, 0, 0, 1, FlagNames.of(new Keywords()));

  private final FolderTable table;
  private final int count;
  private final long modSeq;
  private final long uidNext;
  private final FlagNames names;

  FolderView(FolderTable table, int count, long modSeq, long uidNext, FlagNames names) {
    this.table = table;
    this.count = count;
    this.modSeq = modSeq;
    this.uidNext = uidNext;
    this.names = names;
  }

  FolderTable table() {
    return table;
  }

  FlagNames names() {
    return names;
  }

  public int count() {
    return count;
  }

  /** The MODSEQ of the newest change that it has. */
  public long modSeq() {
    return modSeq;
  }

  public long uidNext() {
    return uidNext;
  }

  /** The keywords that the folder's messages have or had. */
  public Set<String> keywords() {
    return names.keywords();
  }

  public long uid(int at) {
    return table.uid(at);
  }

  public long modSeq(int at) {
    return table.modSeq(at);
  }

  /** Flags as bits; equal bits are equal flags. */
  public long flagBits(int at) {
    return table.flags(at);
  }

  /** The names of flags, sorted. */
  public Set<String> flags(long bits) {
    return names.decode(bits);
  }

  public Instant internalDate(int at) {
    return Instant.ofEpochMilli(table.internalDate(at));
  }

  public long size(int at) {
    return table.size(at);
  }

  public long contentId(int at) {
    return table.contentId(at);
  }

  /** Where the first message is whose UID is not below {@code uid}; {@link #count} if none is. */
  public int lowerBound(long uid) {
    return table.lowerBound(uid, count);
  }

  /** Where the message of that UID is, or -1. */
  public int find(long uid) {
    int at = lowerBound(uid);
    return at < count && table.uid(at) == uid ? at : -1;
  }

  /** Whether a later view begins with the very messages of this one: none of them is gone. */
  public boolean isStartOf(FolderView later) {
    return count == 0 || (later.count >= count && later.uid(count - 1) == uid(count - 1));
  }
}
