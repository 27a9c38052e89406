package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.store.MailboxStore.FlagChange;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class CopyAndExpungeTest {
  @Inject MailStore mail;
  @Inject TestMail test;

  private long mailbox;
  private MailboxStore store;
  private long inbox;
  private long archive;

  @BeforeEach
  void aMailbox() {
    mailbox = test.mailbox();
    store = mail.open(mailbox);
    inbox = test.inbox(store);
    archive = test.folder(store, "Archive");
  }

  @Test
  void copiesAreInTheOrderOfTheirSourceAndShareItsContent() {
    store.append(archive, test.message("was there", "second"));
    store.append(inbox, test.message("one", "\\Seen", "first"));
    store.append(inbox, test.message("two", "second"));
    store.append(inbox, test.message("three"));
    store.remove(inbox, UidSet.of(2));
    store.append(inbox, test.message("four", "first", "second"));

    var copied = store.copy(inbox, UidSet.of(List.of(4L, 1L, 2L, 99L)), archive);

    assertThat(copied.uidValidity()).isEqualTo(store.folder("Archive").orElseThrow().uidValidity());
    assertThat(copied.sourceUids()).containsExactly(1L, 4L);
    assertThat(copied.targetUids()).containsExactly(2L, 3L);
    var sources = store.messages(inbox, UidSet.of(copied.sourceUids()));
    var targets = store.messages(archive, UidSet.of(copied.targetUids()));
    for (int i = 0; i < sources.size(); i++) {
      assertThat(targets.get(i))
          .usingRecursiveComparison()
          .ignoringFields("uid", "modSeq")
          .isEqualTo(sources.get(i));
    }
    assertThat(test.uids(store, inbox)).containsExactly(1L, 3L, 4L);
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void nothingToCopyIsNoFailure() {
    var copied = store.copy(inbox, UidSet.ALL, archive);
    assertThat(copied.sourceUids()).isEmpty();
    assertThat(store.copy(inbox, UidSet.EMPTY, archive).targetUids()).isEmpty();
    assertThat(store.folder("Archive").orElseThrow().highestModSeq()).isEqualTo(1);
  }

  @Test
  void movingTellsBothFolders() {
    test.fill(inbox, 5);
    long before = store.folder("INBOX").orElseThrow().highestModSeq();

    var moved = store.move(inbox, UidSet.of(List.of(2L, 3L, 5L)), archive);

    assertThat(moved.sourceUids()).containsExactly(2L, 3L, 5L);
    assertThat(moved.targetUids()).containsExactly(1L, 2L, 3L);
    var left = store.since(inbox, before);
    assertThat(left.changed()).isEmpty();
    assertThat(left.expunged()).hasToString("2:3,5");
    assertThat(store.since(archive, 1).changed()).hasSize(3);
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void aFolderMayBeCopiedAndMovedIntoItself() {
    test.fill(inbox, 3);
    assertThat(store.copy(inbox, UidSet.ALL, inbox).targetUids()).containsExactly(4L, 5L, 6L);
    assertThat(test.uids(store, inbox)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(store.move(inbox, UidSet.ALL, inbox).targetUids())
        .containsExactly(7L, 8L, 9L, 10L, 11L, 12L);
    assertThat(test.uids(store, inbox)).containsExactly(7L, 8L, 9L, 10L, 11L, 12L);
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void tenThousandMessagesMoveAndGo() {
    test.fill(inbox, 10_001);
    var moved = store.move(inbox, UidSet.ALL, archive);
    assertThat(moved.sourceUids()).isEqualTo(LongStream.rangeClosed(1, 10_001).boxed().toList());
    assertThat(moved.targetUids()).isEqualTo(moved.sourceUids());
    var even = UidSet.of(LongStream.rangeClosed(1, 5000).map(i -> 2 * i).boxed().toList());
    assertThat(store.remove(archive, even)).hasSize(5000);
    assertThat(test.uids(store, archive)).hasSize(5001).allMatch(uid -> uid % 2 == 1);
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void aCopyThatTheTargetHasNoKeywordsForIsNotHalfMade() {
    var fifty = IntStream.range(0, 50).mapToObj(i -> "k" + i).collect(Collectors.toSet());
    long uid = store.append(archive, test.message("a"));
    store.store(archive, UidSet.of(uid), FlagChange.ADD, fifty);
    store.append(inbox, test.message("b"));
    store.append(inbox, test.message("c", "another"));
    assertThatThrownBy(() -> store.move(inbox, UidSet.ALL, archive))
        .isInstanceOfSatisfying(
            StoreProblem.class,
            problem -> assertThat(problem.kind()).isEqualTo(StoreProblem.Kind.LIMIT));
    assertThat(test.uids(store, inbox)).hasSize(2);
    assertThat(test.uids(store, archive)).hasSize(1);
  }

  @Test
  void expungeTakesOnlyWhatIsMarkedAndNamed() {
    test.fill(inbox, 6);
    store.store(inbox, UidSet.of(List.of(1L, 3L, 4L)), FlagChange.ADD, Set.of("\\Deleted"));
    assertThat(store.expunge(inbox, UidSet.of(List.of(3L, 5L, 6L)))).containsExactly(3L);
    assertThat(store.expunge(inbox, UidSet.ALL)).containsExactly(1L, 4L);
    assertThat(store.expunge(inbox, UidSet.ALL)).isEmpty();
    assertThat(test.uids(store, inbox)).containsExactly(2L, 5L, 6L);
    assertThat(store.remove(inbox, UidSet.of(List.of(6L, 2L, 1L)))).containsExactly(2L, 6L);
    assertThat(store.remove(inbox, UidSet.ALL)).containsExactly(5L);
    assertThat(store.append(inbox, test.message("next"))).isEqualTo(7);
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void movesInBothDirectionsAtOnceLoseNothing() throws Exception {
    test.fill(inbox, 40);
    Callable<Void> there =
        () -> {
          for (int i = 0; i < 20; i++) {
            store.move(inbox, UidSet.ALL, archive);
          }
          return null;
        };
    Callable<Void> back =
        () -> {
          for (int i = 0; i < 20; i++) {
            store.move(archive, UidSet.ALL, inbox);
          }
          return null;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          List.of(
              threads.submit(there),
              threads.submit(back),
              threads.submit(there),
              threads.submit(back));
      for (var future : running) {
        future.get();
      }
    }
    var contents =
        IntStream.of(0, 1)
            .mapToObj(i -> store.messages(i == 0 ? inbox : archive, UidSet.ALL))
            .flatMap(List::stream)
            .toList();
    assertThat(contents).hasSize(40);
    test.assertCountsAreTrue(mailbox);
  }
}
