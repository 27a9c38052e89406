package dev.postroom.store;

import java.util.Arrays;
import java.util.List;

/** Views of folders that are nowhere stored. */
public final class FolderViews {
  private FolderViews() {}

  public static FolderView of(long... uids) {
    var rows = Arrays.stream(uids).mapToObj(uid -> new IndexRow(uid, 1, 0, 0, 1, uid)).toList();
    return news(1, rows, UidSet.EMPTY).appliedTo(FolderView.NOTHING);
  }

  static FolderNews news(long modSeq, List<IndexRow> rows, UidSet expunged) {
    return new FolderNews(rows, expunged, modSeq, 1, new Keywords());
  }
}
