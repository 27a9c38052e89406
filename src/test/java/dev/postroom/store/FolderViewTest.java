package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FolderViewTest {
  private static IndexRow row(long uid, long modSeq, long flags) {
    return new IndexRow(uid, modSeq, flags, uid * 10, uid * 100, uid * 1000);
  }

  private static List<Long> uids(FolderView view) {
    var uids = new ArrayList<Long>();
    for (int at = 0; at < view.count(); at++) {
      uids.add(view.uid(at));
    }
    return uids;
  }

  /** Whatever happens to a folder, its newest view has it, and older views keep their messages. */
  @Property(tries = 200)
  void everyViewKeepsItsMessagesAndTheNewestHasAll(@ForAll long seed) {
    var random = new Random(seed);
    var model = new TreeMap<Long, IndexRow>();
    var views = new TreeMap<Long, FolderView>();
    var seen = new TreeMap<Long, List<Long>>();
    var view = FolderView.NOTHING;
    long uid = 1;
    for (long modSeq = 1; modSeq <= 20; modSeq++) {
      var rows = new ArrayList<IndexRow>();
      var gone = new ArrayList<Long>();
      for (var known : List.copyOf(model.keySet())) {
        switch (random.nextInt(6)) {
          case 0 -> rows.add(row(known, modSeq, random.nextInt(32)));
          case 1 -> gone.add(known);
          default -> {
            // stays as it is
          }
        }
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        rows.add(row(uid++, modSeq, random.nextInt(32)));
      }
      rows.forEach(row -> model.put(row.uid(), row));
      model.keySet().removeAll(gone);
      view = FolderViews.news(modSeq, rows, UidSet.of(gone)).appliedTo(view);
      views.put(modSeq, view);
      seen.put(modSeq, List.copyOf(model.keySet()));
    }
    assertThat(uids(view)).isEqualTo(List.copyOf(model.keySet()));
    for (int at = 0; at < view.count(); at++) {
      var row = java.util.Objects.requireNonNull(model.get(view.uid(at)));
      assertThat(view.flagBits(at)).isEqualTo(row.flags());
      assertThat(view.modSeq(at)).isEqualTo(row.modSeq());
      assertThat(view.size(at)).isEqualTo(row.size());
      assertThat(view.contentId(at)).isEqualTo(row.contentId());
      assertThat(view.internalDate(at).toEpochMilli()).isEqualTo(row.internalDate());
    }
    for (var older : views.entrySet()) {
      var then = seen.get(older.getKey());
      assertThat(uids(older.getValue())).isEqualTo(then);
      assertThat(older.getValue().isStartOf(view)).isEqualTo(model.keySet().containsAll(then));
    }
  }

  @Test
  void aUidThatComesLateIsLeftOut() {
    var view = FolderViews.of(3, 5);
    var later =
        FolderViews.news(2, List.of(row(4, 2, 0), row(5, 2, 1), row(6, 2, 0)), UidSet.EMPTY)
            .appliedTo(view);
    assertThat(uids(later)).containsExactly(3L, 5L, 6L);
    assertThat(later.flagBits(1)).isEqualTo(1);
  }

  @Test
  void uidsHave32Bits() {
    var view = FolderViews.of(1, 0x8000_0000L, 0xffff_ffffL);
    assertThat(view.find(0xffff_ffffL)).isEqualTo(2);
    assertThat(view.find(0x8000_0000L)).isEqualTo(1);
    assertThat(view.find(2)).isEqualTo(-1);
    assertThat(view.lowerBound(2)).isEqualTo(1);
  }
}
