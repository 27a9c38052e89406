package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.store.MailboxStore.FlagChange;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PostroomTest
class FlagsTest {
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

  private Set<String> flags(long uid) {
    return store.messages(inbox, UidSet.of(uid)).getFirst().flags();
  }

  private StoredMessage message(long uid) {
    return store.messages(inbox, UidSet.of(uid)).getFirst();
  }

  @Test
  void flagsAreAddedRemovedAndReplaced() {
    long uid = store.append(inbox, test.message("a", "\\Seen", "one"));
    var one = UidSet.of(uid);

    store.store(inbox, one, FlagChange.ADD, Set.of("\\flagged", "two", "ONE"));
    assertThat(flags(uid)).containsExactlyInAnyOrder("\\Seen", "\\Flagged", "one", "two");
    store.store(inbox, one, FlagChange.REMOVE, Set.of("\\Seen", "One", "unheard-of"));
    assertThat(flags(uid)).containsExactlyInAnyOrder("\\Flagged", "two");
    var now = store.store(inbox, one, FlagChange.REPLACE, Set.of("\\Draft", "three"));
    assertThat(flags(uid)).containsExactlyInAnyOrder("\\Draft", "three");
    assertThat(now).containsExactly(message(uid));
    store.store(inbox, one, FlagChange.REPLACE, Set.of());
    assertThat(flags(uid)).isEmpty();
    assertThat(store.keywords(inbox)).containsExactlyInAnyOrder("one", "two", "three");
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void onlyWhatReallyChangesGetsANewModSeq() {
    long seen = store.append(inbox, test.message("a", "\\Seen"));
    long unseen = store.append(inbox, test.message("b"));
    long before = store.folder("INBOX").orElseThrow().highestModSeq();

    var now = store.store(inbox, UidSet.ALL, FlagChange.ADD, Set.of("\\Seen"));

    assertThat(now).extracting(StoredMessage::uid).containsExactly(seen, unseen);
    assertThat(message(seen).modSeq()).isLessThanOrEqualTo(before);
    assertThat(message(unseen).modSeq()).isEqualTo(before + 1);
    assertThat(now).containsExactly(message(seen), message(unseen));
    store.store(inbox, UidSet.ALL, FlagChange.ADD, Set.of("\\Seen"));
    assertThat(store.folder("INBOX").orElseThrow().highestModSeq()).isEqualTo(before + 1);
    assertThat(store.since(inbox, before + 1).isEmpty()).isTrue();
  }

  @Test
  void tenThousandMessagesGetAFlag() {
    test.fill(inbox, 10_000);
    var now = store.store(inbox, UidSet.ALL, FlagChange.ADD, Set.of("\\Seen", "all"));
    assertThat(now).hasSize(10_000);
    assertThat(now)
        .allSatisfy(m -> assertThat(m.flags()).containsExactlyInAnyOrder("\\Seen", "all"));
    assertThat(store.messages(inbox, UidSet.ALL)).isEqualTo(now);
    var odd = UidSet.of(IntStream.range(0, 5000).mapToObj(i -> 2L * i + 1).toList());
    store.store(inbox, odd, FlagChange.REMOVE, Set.of("\\Seen"));
    assertThat(store.status(List.of(inbox)))
        .hasEntrySatisfying(inbox, status -> assertThat(status.unseen()).isEqualTo(5000));
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void aFolderHasFiftyKeywordsAndThoseThatNoMessageHasMakeRoom() {
    long uid = store.append(inbox, test.message("a"));
    long other = store.append(inbox, test.message("b"));
    var fifty = IntStream.range(0, 50).mapToObj(i -> "k" + i).collect(Collectors.toSet());
    store.store(inbox, UidSet.of(uid), FlagChange.ADD, fifty);
    assertThat(flags(uid)).isEqualTo(fifty);

    assertThatThrownBy(
            () -> store.store(inbox, UidSet.of(other), FlagChange.ADD, Set.of("\\Seen", "k50")))
        .isInstanceOfSatisfying(
            StoreProblem.class,
            problem -> assertThat(problem.kind()).isEqualTo(StoreProblem.Kind.LIMIT));
    assertThat(flags(other)).isEmpty();
    assertThat(mail.deliver(List.of(mailbox), test.message("c", "\\Flagged", "k50", "k1")))
        .isEmpty();
    assertThat(flags(other + 1)).containsExactlyInAnyOrder("\\Flagged", "k1");

    store.store(inbox, UidSet.of(uid), FlagChange.REMOVE, Set.of("k7", "k8"));
    store.store(inbox, UidSet.of(other), FlagChange.ADD, Set.of("k50", "k51"));
    assertThat(flags(other)).containsExactlyInAnyOrder("k50", "k51");
    // k50 has its bit but no message: asked for again, it must not be what makes room
    store.store(inbox, UidSet.of(other), FlagChange.REMOVE, Set.of("k50", "k51"));
    store.store(inbox, UidSet.of(other), FlagChange.ADD, Set.of("k50", "k52"));
    assertThat(flags(other)).containsExactlyInAnyOrder("k50", "k52");
    var left = new HashSet<>(fifty);
    left.removeAll(Set.of("k7", "k8"));
    assertThat(flags(uid)).isEqualTo(left);
  }

  @Test
  void whatIsNoFlagIsTurnedDownAndNothingChanges() {
    long uid = store.append(inbox, test.message("a"));
    for (var wrong :
        List.of("\\Recent", "\\Whatever", "", "two words", "par(en", "\u00e4", "x".repeat(65))) {
      assertThatThrownBy(
              () -> store.store(inbox, UidSet.of(uid), FlagChange.ADD, Set.of("ok", wrong)))
          .as(wrong)
          .isInstanceOfSatisfying(
              StoreProblem.class,
              problem -> assertThat(problem.kind()).isEqualTo(StoreProblem.Kind.CANNOT));
    }
    assertThat(flags(uid)).isEmpty();
    assertThat(store.keywords(inbox)).isEmpty();
    store.store(
        inbox, UidSet.of(uid), FlagChange.ADD, Set.of("x".repeat(64), "$MDNSent", "a.b:c/d"));
    assertThat(flags(uid)).hasSize(3);
  }
}
