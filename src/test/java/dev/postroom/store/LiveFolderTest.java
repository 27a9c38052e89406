package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.store.MailboxStore.FlagChange;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class LiveFolderTest {
  @Inject MailStore mail;
  @Inject TestMail test;

  private long mailbox;
  private MailboxStore store;
  private long inbox;

  @BeforeEach
  void aMailbox() {
    mailbox = test.mailbox();
    store = mail.open(mailbox);
    inbox = test.inbox(store);
  }

  private static List<String> lines(FolderView view) {
    var lines = new ArrayList<String>();
    for (int at = 0; at < view.count(); at++) {
      lines.add(view.uid(at) + " " + view.modSeq(at) + " " + view.flags(view.flagBits(at)));
    }
    return lines;
  }

  /** Gives the MODSEQ of what it changed. */
  private static long change(LiveFolder folder, UidSet uids, FlagChange change, Set<String> flags) {
    return folder.store(uids, change, flags, Long.MAX_VALUE).modSeq();
  }

  private List<String> stored() {
    return store.messages(inbox, UidSet.ALL).stream()
        .map(m -> m.uid() + " " + m.modSeq() + " " + new java.util.TreeSet<>(m.flags()))
        .toList();
  }

  @Test
  void flagsAreStoredInTheTableAndInTheIndex() {
    test.fill(inbox, 5);
    var woken = new AtomicInteger();
    try (var watch = store.watch(inbox, woken::incrementAndGet)) {
      var folder = watch.folder();
      long before = folder.refreshed().modSeq();

      long modSeq = change(folder, UidSet.ALL, FlagChange.ADD, Set.of("\\Seen"));
      assertThat(modSeq).isEqualTo(before + 1);
      assertThat(folder.view().modSeq()).isEqualTo(modSeq);
      assertThat(woken).hasPositiveValue();
      assertThat(lines(folder.view())).isEqualTo(stored()).allMatch(l -> l.endsWith("[\\Seen]"));

      assertThat(change(folder, UidSet.ALL, FlagChange.ADD, Set.of("\\Seen"))).isZero();
      assertThat(change(folder, UidSet.of(2), FlagChange.REPLACE, Set.of("new", "\\Deleted")))
          .isEqualTo(modSeq + 1);
      assertThat(change(folder, UidSet.of(3), FlagChange.ADD, Set.of("NEW"))).isPositive();
      assertThat(change(folder, UidSet.of(4), FlagChange.REMOVE, Set.of("\\Seen", "none")))
          .isPositive();
      assertThat(lines(folder.refreshed())).isEqualTo(stored());
      assertThat(folder.refreshed().keywords()).containsExactly("new");
    }
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void aConditionalChangeLeavesOutWhatHasChanged() {
    test.fill(inbox, 4);
    var all = UidSet.ALL;
    try (var watch = store.watch(inbox, () -> {})) {
      var folder = watch.folder();
      long known = change(folder, UidSet.of(3), FlagChange.ADD, Set.of("\\Draft")) - 1;

      var quick = folder.store(all, FlagChange.ADD, Set.of("\\Seen"), known);
      assertThat(quick).isEqualTo(new LiveFolder.Stored(known + 2, UidSet.of(3)));
      // a keyword that the folder does not know yet is stored under the folder's lock
      var careful = folder.store(all, FlagChange.ADD, Set.of("new"), known + 1);
      assertThat(careful)
          .isEqualTo(new LiveFolder.Stored(known + 3, UidSet.of(List.of(1L, 2L, 4L))));
      assertThat(folder.store(all, FlagChange.REPLACE, Set.of(), 0))
          .isEqualTo(new LiveFolder.Stored(0, UidSet.of(List.of(1L, 2L, 3L, 4L))));

      assertThat(lines(folder.refreshed())).isEqualTo(stored());
      assertThat(stored())
          .containsExactly(
              "1 " + (known + 2) + " [\\Seen]",
              "2 " + (known + 2) + " [\\Seen]",
              "3 " + (known + 3) + " [\\Draft, new]",
              "4 " + (known + 2) + " [\\Seen]");
    }
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void whatIsNoFlagIsTurnedDown() {
    test.fill(inbox, 1);
    try (var watch = store.watch(inbox, () -> {})) {
      for (var wrong : List.of("\\Recent", "two words", "")) {
        assertThatThrownBy(
                () -> change(watch.folder(), UidSet.ALL, FlagChange.ADD, Set.of("\\Seen", wrong)))
            .as(wrong)
            .isInstanceOf(StoreProblem.class);
      }
      assertThat(lines(watch.folder().refreshed())).isEqualTo(stored());
    }
  }

  @Test
  void theTableIsTrueWhileManyWrite() throws Exception {
    test.fill(inbox, 40);
    try (var watch = store.watch(inbox, () -> {});
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Future<Void>>();
      for (int seed = 0; seed < 6; seed++) {
        writers.add(threads.submit(writer(watch.folder(), seed)));
      }
      for (var writer : writers) {
        writer.get();
      }
      assertThat(lines(watch.folder().refreshed())).isEqualTo(stored());
    }
    test.assertCountsAreTrue(mailbox);
  }

  private Callable<Void> writer(LiveFolder folder, int seed) {
    return () -> {
      var random = new Random(seed);
      for (int i = 0; i < 40; i++) {
        long low = random.nextInt(1, 60);
        var some = new UidSet(List.of(new UidSet.Range(low, low + random.nextInt(5))));
        var change = FlagChange.values()[random.nextInt(3)];
        switch (random.nextInt(8)) {
          case 0 -> mail.deliver(List.of(mailbox), test.message("from " + seed));
          case 1 -> store.expunge(inbox, some);
          case 2 -> store.store(inbox, some, change, Set.of("\\Flagged"));
          case 3 -> change(folder, some, change, Set.of("\\Deleted", "w" + i % 5));
          case 4 -> folder.askAgain();
          default -> change(folder, some, change, Set.of("\\Seen", "\\Flagged"));
        }
      }
      return null;
    };
  }

  @Test
  void aFolderOpenedAgainKnowsWhatHappenedMeanwhile() {
    test.fill(inbox, 3);
    try (var watch = store.watch(inbox, () -> {})) {
      watch.folder().refreshed();
    }
    store.remove(inbox, UidSet.of(2));
    store.append(inbox, test.message("later", "\\Draft"));
    try (var watch = store.watch(inbox, () -> {})) {
      assertThat(lines(watch.folder().refreshed())).isEqualTo(stored()).hasSize(3);
    }
  }

  @Test
  void aFolderThatIsGoneIsGone() {
    long archive = test.folder(store, "Archive");
    try (var watch = store.watch(archive, () -> {})) {
      watch.folder().refreshed();
      store.delete(archive);
      watch.folder().askAgain();
      assertThatThrownBy(watch.folder()::refreshed).isInstanceOf(StoreProblem.class);
      assertThatThrownBy(() -> watch.folder().refreshed()).isInstanceOf(StoreProblem.class);
    }
  }
}
