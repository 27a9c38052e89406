package dev.postroom.search;

import dev.postroom.search.Segment.Extent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the index knows of one text in one folder. A segment is read when the first message of its
 * is asked for, and only its answer is kept. For one thread.
 */
public final class Findings {
  private final TextIndex index;
  private final Folder folder;
  private final Needle needle;
  private @Nullable List<Extent> extents;
  private final Map<Extent, Answer> answers = new HashMap<>();
  private int missing;
  private long lastMissing;

  Findings(TextIndex index, Folder folder, String text) {
    this.index = index;
    this.folder = folder;
    this.needle = Needle.of(text);
  }

  /** Whether the text is in the header or the body (RFC 3501 §6.4.4: TEXT). */
  public Finding inText(long uid) {
    return find(uid, true);
  }

  /** Whether it is in the body (RFC 3501 §6.4.4: BODY). */
  public Finding inBody(long uid) {
    return find(uid, false);
  }

  private Finding find(long uid, boolean headerToo) {
    if (needle.patterns().isEmpty()) {
      return Finding.UNKNOWN;
    }
    var answer = answer(uid);
    if (answer == null) {
      noteMissing(uid);
      return Finding.UNKNOWN;
    }
    return answer.find(uid, headerToo);
  }

  /** Counted once, however often it is asked for. */
  private void noteMissing(long uid) {
    if (uid > lastMissing) {
      lastMissing = uid;
      missing++;
      index.missed(folder, missing);
    }
  }

  private @Nullable Answer answer(long uid) {
    var extent = extent(uid);
    return extent == null
        ? null
        : answers.computeIfAbsent(extent, its -> index.answer(folder, its, needle));
  }

  private @Nullable Extent extent(long uid) {
    var all = extents;
    if (all == null) {
      all = index.extents(folder);
      extents = all;
    }
    int low = 0;
    int high = all.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      var extent = all.get(middle);
      if (extent.covers(uid)) {
        return extent;
      }
      if (uid < extent.firstUid()) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return null;
  }
}
