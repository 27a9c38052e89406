package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Several messages at once, and one in the place of another: all or nothing. */
@PostroomTest
class ReplacingTest {
  @Inject MailStore mail;
  @Inject TestMail test;

  private static void assertTurnedDown(StoreProblem.Kind kind, ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            StoreProblem.class, problem -> assertThat(problem.kind()).isEqualTo(kind));
  }

  private Usage usage(long mailbox) {
    return mail.usage(List.of(mailbox)).getOrDefault(mailbox, Usage.EMPTY);
  }

  @Test
  void severalMessagesComeAllOrNone() {
    long mailbox = test.mailbox(1000);
    var store = mail.open(mailbox);
    assertTurnedDown(
        StoreProblem.Kind.OVERQUOTA,
        () -> store.appendAll("INBOX", List.of(test.message(500, "a"), test.message(501, "b"))));
    assertThat(usage(mailbox)).isEqualTo(Usage.EMPTY);
    assertThat(test.uids(store, test.inbox(store))).isEmpty();

    var appended =
        store.appendAll("inbox", List.of(test.message(500, "a"), test.message(500, "b")));
    assertThat(appended.uids()).containsExactly(OptionalLong.of(1), OptionalLong.of(2));
    assertThat(usage(mailbox)).isEqualTo(new Usage(1000, 2));
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void aMessageTakesTheRoomOfTheOneItReplaces() {
    long mailbox = test.mailbox(1000);
    var store = mail.open(mailbox);
    long inbox = test.inbox(store);
    long old = store.append(inbox, test.message(900, "a", "\\Deleted"));

    assertTurnedDown(
        StoreProblem.Kind.OVERQUOTA,
        () -> store.replace(inbox, old, inbox, test.message(1001, "b")));
    assertThat(test.uids(store, inbox)).containsExactly(old);

    var replaced = store.replace(inbox, old, inbox, test.message(1000, "c", "$Work"));
    long uid = replaced.uids().getFirst().getAsLong();
    assertThat(test.uids(store, inbox)).containsExactly(uid);
    assertThat(usage(mailbox)).isEqualTo(new Usage(1000, 1));
    test.assertCountsAreTrue(mailbox);

    long drafts = test.folder(store, "Drafts");
    store.replace(inbox, uid, drafts, test.message(20, "d", "$Work"));
    assertThat(test.uids(store, inbox)).isEmpty();
    assertThat(test.uids(store, drafts)).hasSize(1);
    assertThat(usage(mailbox)).isEqualTo(new Usage(20, 1));
    test.assertCountsAreTrue(mailbox);

    assertTurnedDown(
        StoreProblem.Kind.NONEXISTENT,
        () -> store.replace(inbox, uid, drafts, test.message(20, "e")));
    assertThat(test.uids(store, drafts)).hasSize(1);
  }
}
