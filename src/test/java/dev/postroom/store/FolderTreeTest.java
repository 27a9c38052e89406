package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class FolderTreeTest {
  @Inject MailStore mail;
  @Inject TestMail test;

  private long mailbox;
  private MailboxStore store;

  @BeforeEach
  void aMailbox() {
    mailbox = test.mailbox();
    store = mail.open(mailbox);
  }

  private List<String> names() {
    return store.folders().stream()
        .map(FolderInfo::name)
        .filter(name -> !List.of("Archive", "Drafts", "Junk", "Sent", "Trash").contains(name))
        .toList();
  }

  private void assertProblem(StoreProblem.Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreProblem.class, problem -> assertThat(problem.kind()).isEqualTo(kind));
  }

  @Test
  void creatingMakesTheLevelsAboveAndSaysWhoHasChildren() {
    store.create("a", null);
    var created = store.create("a/b/c", null);
    assertThat(created.hasChildren()).isFalse();
    assertThat(created.uidNext()).isEqualTo(1);
    assertThat(created.highestModSeq()).isPositive();
    assertThat(names()).containsExactly("INBOX", "a", "a/b", "a/b/c");
    assertThat(store.folder("a")).hasValueSatisfying(a -> assertThat(a.hasChildren()).isTrue());
    assertThat(store.folder("a/b/c/d")).isEmpty();
  }

  @Test
  void namesThatLookLikeAnotherAreOthers() {
    store.create("Work", null);
    store.create("work", null);
    store.create("Work ", null);
    store.create("Work0", null);
    assertThat(names()).containsExactly("INBOX", "Work", "Work ", "Work0", "work");
    assertThat(store.folder("Work")).hasValueSatisfying(f -> assertThat(f.hasChildren()).isFalse());
    assertThat(store.folder("WORK")).isEmpty();
  }

  @Test
  void inboxIsThereInAnyCaseAndOnlyOnce() {
    assertProblem(StoreProblem.Kind.ALREADYEXISTS, () -> store.create("inBox", null));
    assertThat(store.folder("iNbOx")).isEqualTo(store.folder("INBOX"));
    assertProblem(StoreProblem.Kind.CANNOT, () -> store.delete(test.inbox(store)));
  }

  @Test
  void aUseIsGivenOnce() {
    assertProblem(StoreProblem.Kind.CANNOT, () -> store.create("Sent Items", SpecialUse.SENT));
    store.delete(test.folder(store, "Sent"));
    assertThat(store.create("Sent Items", SpecialUse.SENT).specialUse()).isEqualTo(SpecialUse.SENT);
  }

  @Test
  void deletingTakesTheMessagesAndLeavesTheChildren() {
    store.create("a/b", null);
    long a = test.folder(store, "a");
    store.append(a, test.message(500, "in a"));
    store.append(test.inbox(store), test.message(100, "in the inbox"));

    store.delete(a);

    assertThat(names()).containsExactly("INBOX", "a/b");
    assertThat(mail.usage(List.of(mailbox))).containsEntry(mailbox, new Usage(100, 1));
    assertProblem(StoreProblem.Kind.NONEXISTENT, () -> store.delete(a));
    assertProblem(StoreProblem.Kind.NONEXISTENT, () -> store.messages(a, UidSet.ALL));
    assertProblem(StoreProblem.Kind.NONEXISTENT, () -> store.since(a, 5));
    assertProblem(StoreProblem.Kind.NONEXISTENT, () -> store.append(a, test.message("late")));
    assertThat(store.status(List.of(a))).isEmpty();
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void aFolderMadeAgainHasAHigherUidValidity() {
    var first = store.create("again", null);
    store.delete(first.id());
    var second = store.create("again", null);
    assertThat(second.uidValidity()).isGreaterThan(first.uidValidity());
  }

  @Test
  void renamingTakesTheChildrenAndKeepsTheMessages() {
    store.create("a/b/c", null);
    store.create("ab", null);
    long b = test.folder(store, "a/b");
    long uid = store.append(b, test.message("kept"));
    var before = store.folder("a/b").orElseThrow();

    store.rename(test.folder(store, "a"), "x/y/z");

    assertThat(names()).containsExactly("INBOX", "ab", "x", "x/y", "x/y/z", "x/y/z/b", "x/y/z/b/c");
    var after = store.folder("x/y/z/b").orElseThrow();
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.uidValidity()).isEqualTo(before.uidValidity());
    assertThat(test.uids(store, b)).containsExactly(uid);
  }

  @Test
  void aFolderMayTakeTheDeletedPlaceOfItsParent() {
    store.create("a/b/b/b", null);
    store.delete(test.folder(store, "a"));

    store.rename(test.folder(store, "a/b"), "a");

    assertThat(names()).containsExactly("INBOX", "a", "a/b", "a/b/b");
  }

  @Test
  void renamingNamesOutsideOfAsciiMovesTheRightCharacters() {
    store.create("\u00dcber/\ud83d\ude00/kind", null);
    store.rename(test.folder(store, "\u00dcber/\ud83d\ude00"), "\ud83d\ude00");
    assertThat(names()).containsExactly("INBOX", "\u00dcber", "\ud83d\ude00", "\ud83d\ude00/kind");
  }

  @Test
  void renamingNeverOverwritesAndNeverLeavesHalf() {
    store.create("a/x", null);
    store.create("b/x", null);
    store.delete(test.folder(store, "b"));
    long a = test.folder(store, "a");
    assertProblem(StoreProblem.Kind.ALREADYEXISTS, () -> store.rename(a, "b")); // b/x is there
    assertProblem(StoreProblem.Kind.ALREADYEXISTS, () -> store.rename(a, "a"));
    assertProblem(StoreProblem.Kind.ALREADYEXISTS, () -> store.rename(a, "Sent"));
    assertProblem(StoreProblem.Kind.CANNOT, () -> store.rename(a, "a/y"));
    assertProblem(StoreProblem.Kind.CANNOT, () -> store.rename(a, "b//c"));
    assertProblem(StoreProblem.Kind.CANNOT, () -> store.rename(a, "b/../c"));
    assertProblem(StoreProblem.Kind.CANNOT, () -> store.rename(a, "."));
    assertProblem(StoreProblem.Kind.LIMIT, () -> store.rename(a, "b" + "/b".repeat(15)));
    assertProblem(StoreProblem.Kind.LIMIT, () -> store.rename(a, "b".repeat(511)));
    assertThat(names()).containsExactly("INBOX", "a", "a/x", "b/x");
  }

  @Test
  void renamingInboxMovesItsMessagesAndLeavesItsChildren() {
    store.create("INBOX/child", null);
    long inbox = test.inbox(store);
    store.append(inbox, test.message("one", "\\Seen", "word"));
    store.append(inbox, test.message("two"));

    store.rename(inbox, "old/mail");

    assertThat(names()).containsExactly("INBOX", "INBOX/child", "old", "old/mail");
    assertThat(test.uids(store, inbox)).isEmpty();
    long old = test.folder(store, "old/mail");
    assertThat(store.messages(old, UidSet.ALL))
        .extracting(StoredMessage::flags)
        .containsExactly(java.util.Set.of("\\Seen", "word"), java.util.Set.of());
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void subscriptionsOutliveTheirFolders() {
    store.create("a", null);
    store.subscribe("a");
    store.subscribe("a");
    store.subscribe("never/made");
    assertThat(store.folder("a")).hasValueSatisfying(a -> assertThat(a.subscribed()).isTrue());
    store.delete(test.folder(store, "a"));
    assertThat(store.subscriptions()).contains("a", "never/made", "INBOX", "Sent");
    store.unsubscribe("inbox");
    store.unsubscribe("a");
    store.unsubscribe("a");
    assertThat(store.subscriptions()).contains("never/made").doesNotContain("a", "INBOX");
    assertProblem(StoreProblem.Kind.CANNOT, () -> store.subscribe("a//b"));
  }

  @Test
  void foldersOfAnotherMailboxAreNotThere() {
    var other = test.store();
    long foreign = test.inbox(other);
    other.append(foreign, test.message("secret"));
    long own = test.inbox(store);
    assertProblem(StoreProblem.Kind.NONEXISTENT, () -> store.messages(foreign, UidSet.ALL));
    assertProblem(StoreProblem.Kind.NONEXISTENT, () -> store.since(foreign, 0));
    assertProblem(StoreProblem.Kind.NONEXISTENT, () -> store.keywords(foreign));
    assertProblem(StoreProblem.Kind.NONEXISTENT, () -> store.copy(foreign, UidSet.ALL, own));
    assertProblem(StoreProblem.Kind.NONEXISTENT, () -> store.move(own, UidSet.ALL, foreign));
    assertProblem(StoreProblem.Kind.NONEXISTENT, () -> store.remove(foreign, UidSet.ALL));
    assertProblem(StoreProblem.Kind.NONEXISTENT, () -> store.delete(foreign));
    assertProblem(StoreProblem.Kind.NONEXISTENT, () -> store.rename(foreign, "mine"));
    assertThat(store.status(List.of(foreign))).isEmpty();
    assertThat(test.uids(other, foreign)).hasSize(1);
  }

  @Test
  void aMailboxHasALimitOfFolders() {
    IntStream.range(0, 994).forEach(i -> store.create("f" + i, null));
    assertProblem(StoreProblem.Kind.LIMIT, () -> store.create("one more", null));
    store.delete(test.folder(store, "f0"));
    assertProblem(StoreProblem.Kind.LIMIT, () -> store.create("one/more", null));
    store.create("one more", null);
    assertThat(store.folders()).hasSize(1000);
  }

  @Test
  void manyChangeTheTreeAtOnceAndNoNameIsThereTwice() throws Exception {
    store.folders();
    Callable<Void> changer =
        () -> {
          for (int i = 0; i < 8; i++) {
            tryTo(() -> store.create("t/" + Thread.currentThread().threadId() % 3, null));
            tryTo(() -> store.rename(test.folder(store, "t"), "u"));
            mail.deliver(List.of(mailbox), test.message("meanwhile"));
            tryTo(() -> store.delete(test.folder(store, "u/1")));
          }
          return null;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = IntStream.range(0, 10).mapToObj(_ -> threads.submit(changer)).toList();
      for (var future : running) {
        future.get();
      }
    }
    assertThat(test.uids(store, test.inbox(store))).hasSize(80);
    assertThat(names()).doesNotHaveDuplicates();
    test.assertCountsAreTrue(mailbox);
  }

  /** What another thread has done already is no failure. */
  private static void tryTo(Runnable change) {
    try {
      change.run();
    } catch (StoreProblem | java.util.NoSuchElementException raced) {
      assertThat(raced).isNotNull();
    }
  }
}
