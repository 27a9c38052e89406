package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.testing.PostroomTest;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@PostroomTest
class DeliveryTest {
  @Inject MailStore mail;
  @Inject Changes changes;
  @Inject TestMail test;
  @Inject AgroalDataSource database;

  @Test
  void aMailboxStartsWithItsDefaultFoldersSubscribed() {
    var folders = test.store().folders();

    assertThat(folders)
        .extracting(FolderInfo::name)
        .containsExactly("Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash");
    assertThat(folders).allSatisfy(folder -> assertThat(folder.subscribed()).isTrue());
    assertThat(folders)
        .extracting(FolderInfo::specialUse)
        .containsExactly(
            SpecialUse.ARCHIVE,
            SpecialUse.DRAFTS,
            null,
            SpecialUse.JUNK,
            SpecialUse.SENT,
            SpecialUse.TRASH);
  }

  @Test
  void oneMessageGoesToManyMailboxesAndItsContentIsKeptOnce() throws Exception {
    var mailboxes = IntStream.range(0, 1200).mapToObj(_ -> test.mailbox()).toList();
    var message = test.message("to all");

    var full = mail.deliver(mailboxes, message);

    assertThat(full).isEmpty();
    var contents = new HashSet<Long>();
    for (long mailbox : mailboxes) {
      var store = mail.open(mailbox);
      var delivered = store.messages(test.inbox(store), UidSet.ALL);
      assertThat(delivered).hasSize(1);
      assertThat(delivered.getFirst().uid()).isEqualTo(1);
      contents.add(delivered.getFirst().contentId());
    }
    assertThat(contents).hasSize(1);
    test.assertCountsAreTrue(mailboxes.getFirst());
    test.assertCountsAreTrue(mailboxes.getLast());
    try (var blob = mail.open(mailboxes.getFirst()).content(contents.iterator().next())) {
      assertThat(blob.read()).hasContent("Subject: to all\r\n\r\n");
    }
  }

  @Test
  void whatArrivedIsInTheIndexAsItWas() {
    var store = test.store();
    var message = test.message("hello", "\\Seen", "$Forwarded");

    long uid = store.append(test.inbox(store), message);

    var stored = store.messages(test.inbox(store), UidSet.of(uid)).getFirst();
    assertThat(stored.flags()).containsExactlyInAnyOrder("\\Seen", "$Forwarded");
    assertThat(stored.internalDate()).isEqualTo(message.internalDate());
    assertThat(stored.size()).isEqualTo(message.scanned().summary().size());
    var content = List.of(stored.contentId());
    assertThat(store.summaries(content))
        .containsEntry(stored.contentId(), message.scanned().summary());
    assertThat(store.headers(content).get(stored.contentId()))
        .isEqualTo(message.scanned().header());
    assertThat(mail.referenced(Set.of(message.blob()))).containsExactly(message.blob());
  }

  @Test
  void aMailboxIsFullWhenNotOneOctetMoreFits() {
    long mailbox = test.mailbox(1000);
    var store = mail.open(mailbox);
    long other = test.mailbox();

    assertThat(mail.deliver(List.of(mailbox), test.message(999, "a"))).isEmpty();
    assertThat(mail.hasRoom(mailbox, 1)).isTrue();
    assertThat(mail.hasRoom(mailbox, 2)).isFalse();
    assertThat(mail.deliver(List.of(mailbox, other), test.message(50, "b")))
        .containsExactly(mailbox);
    assertThat(test.uids(mail.open(other), test.inbox(mail.open(other)))).hasSize(1);
    assertThatThrownBy(() -> store.append(test.inbox(store), test.message(50, "c")))
        .isInstanceOfSatisfying(
            StoreProblem.class,
            problem -> assertThat(problem.kind()).isEqualTo(StoreProblem.Kind.OVERQUOTA));
    assertThatThrownBy(() -> store.copy(test.inbox(store), UidSet.ALL, test.folder(store, "Sent")))
        .isInstanceOfSatisfying(
            StoreProblem.class,
            problem -> assertThat(problem.kind()).isEqualTo(StoreProblem.Kind.OVERQUOTA));
    store.move(test.inbox(store), UidSet.ALL, test.folder(store, "Archive"));
    assertThat(mail.usage(List.of(mailbox))).containsEntry(mailbox, new Usage(999, 1));
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void exactlyWhatFitsIsTaken() {
    long mailbox = test.mailbox(100);
    assertThat(mail.deliver(List.of(mailbox), test.message(100, "a"))).isEmpty();
    assertThat(mail.hasRoom(mailbox, 0)).isTrue();
    assertThat(mail.hasRoom(mailbox, 1)).isFalse();
    long small = test.mailbox(99);
    assertThat(mail.deliver(List.of(small), test.message(100, "a"))).containsExactly(small);
  }

  @Test
  void severalMessagesAtOnceArriveInTheirOrderWhereThereIsRoom() {
    long large = test.mailbox(10_000);
    long small = test.mailbox(150);
    long other = test.mailbox(10_000);
    var full =
        mail.deliver(
            List.of(
                Incoming.of(List.of(large, small), test.message(100, "a")),
                Incoming.of(List.of(small), test.message(100, "b")),
                Incoming.of(List.of(other, large), test.message(70, "c")),
                Incoming.of(List.of(small, large), test.message(50, "d"))),
            Duration.ofSeconds(9));
    assertThat(full).containsExactly(Set.of(), Set.of(small), Set.of(), Set.of());
    assertThat(sizes(large)).containsExactly(100L, 70L, 50L);
    assertThat(sizes(small)).containsExactly(100L, 50L);
    assertThat(sizes(other)).containsExactly(70L);
    assertThat(mail.usage(List.of(large, small, other)))
        .isEqualTo(
            Map.of(large, new Usage(220, 3), small, new Usage(150, 2), other, new Usage(70, 1)));
    var store = mail.open(large);
    var messages = store.messages(test.inbox(store), UidSet.ALL);
    assertThat(messages).extracting(StoredMessage::uid).containsExactly(1L, 2L, 3L);
    assertThat(messages).extracting(StoredMessage::modSeq).isSorted().doesNotHaveDuplicates();
    mail.deliver(List.of(large), test.message(20, "e"));
    assertThat(store.messages(test.inbox(store), UidSet.ALL).getLast().uid()).isEqualTo(4);
    assertThat(store.status(List.of(test.inbox(store))).values())
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.messages()).isEqualTo(4);
              assertThat(status.unseen()).isEqualTo(4);
              assertThat(status.octets()).isEqualTo(240);
              assertThat(status.uidNext()).isEqualTo(5);
            });
  }

  private List<Long> sizes(long mailbox) {
    var store = mail.open(mailbox);
    return store.messages(test.inbox(store), UidSet.ALL).stream().map(StoredMessage::size).toList();
  }

  @Test
  void deliveriesSideBySideGetAscendingUidsAndNeverMoreThanTheQuota() throws Exception {
    long mailbox = test.mailbox(150 * 100);
    var store = mail.open(mailbox);
    var message = test.message(100, "again");
    var taken = new AtomicInteger();
    Callable<Void> deliverer =
        () -> {
          for (int i = 0; i < 10; i++) {
            if (mail.deliver(List.of(mailbox), message).isEmpty()) {
              taken.incrementAndGet();
            }
          }
          return null;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> running =
          IntStream.range(0, 20).mapToObj(_ -> threads.submit(deliverer)).toList();
      var seen = new ArrayList<Long>();
      while (running.stream().anyMatch(future -> !future.isDone())) {
        // What shows later never has a lower UID than what showed before
        var now = test.uids(store, test.inbox(store));
        assertThat(now.subList(0, seen.size())).isEqualTo(seen);
        seen.clear();
        seen.addAll(now);
      }
      for (var future : running) {
        future.get();
      }
    }
    assertThat(taken).hasValue(150);
    assertThat(test.uids(store, test.inbox(store)))
        .isEqualTo(LongStream.rangeClosed(1, 150).boxed().toList());
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void aTransactionRolledBackLeavesNothingAndTellsNobody() {
    long mailbox = test.mailbox();
    var store = mail.open(mailbox);
    long inbox = test.inbox(store);
    var told = new AtomicInteger();
    var message = test.message("never");
    long contents = test.count("select count(*) from content");
    try (var _ = changes.subscribe(inbox, told::incrementAndGet)) {
      assertThatThrownBy(
              () ->
                  QuarkusTransaction.requiringNew()
                      .run(
                          () -> {
                            mail.deliver(List.of(mailbox), message);
                            throw new IllegalStateException("no");
                          }))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(told).hasValue(0);
    assertThat(test.uids(store, inbox)).isEmpty();
    assertThat(test.count("select count(*) from content")).isEqualTo(contents);
    assertThat(mail.usage(List.of(mailbox))).containsEntry(mailbox, Usage.EMPTY);
    test.assertCountsAreTrue(mailbox);
  }

  @Test
  void sessionsAreToldAfterTheCommitAndNotBefore() {
    long mailbox = test.mailbox();
    var store = mail.open(mailbox);
    long inbox = test.inbox(store);
    var seenWhenTold = new ArrayList<Integer>();
    var subscription =
        changes.subscribe(inbox, () -> seenWhenTold.add(test.uids(store, inbox).size()));
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              mail.deliver(List.of(mailbox), test.message("a"));
              mail.deliver(List.of(mailbox), test.message("b"));
              assertThat(seenWhenTold).isEmpty();
            });
    assertThat(seenWhenTold).containsExactly(2);
    subscription.close();
    subscription.close();
    mail.deliver(List.of(mailbox), test.message("c"));
    assertThat(seenWhenTold).containsExactly(2);
  }

  @Test
  void oneSubscriberThatFailsDoesNotSilenceTheOthers() {
    long mailbox = test.mailbox();
    long inbox = test.inbox(mail.open(mailbox));
    var told = new AtomicInteger();
    Runnable failing =
        () -> {
          throw new IllegalStateException("a test's broken session");
        };
    try (var _ = changes.subscribe(inbox, failing);
        var _ = changes.subscribe(inbox, told::incrementAndGet);
        var _ = changes.subscribe(inbox, failing)) {
      mail.deliver(List.of(mailbox), test.message("a"));
    }
    assertThat(told).hasValue(1);
  }

  @Test
  void aMailboxThatIsGoneStopsTheWholeDelivery() {
    long mailbox = test.mailbox();
    assertThatThrownBy(() -> mail.deliver(List.of(mailbox, Long.MAX_VALUE), test.message("a")))
        .isInstanceOfSatisfying(
            StoreProblem.class,
            problem -> assertThat(problem.kind()).isEqualTo(StoreProblem.Kind.NONEXISTENT));
    assertThat(mail.usage(List.of(mailbox))).containsEntry(mailbox, Usage.EMPTY);
  }

  @Test
  void aMailboxWithMuchRoomIsAskedOnceAndTheDeliveryHasTheLastWord() throws Exception {
    long mailbox = test.mailbox(1L << 40);
    long small = test.mailbox(1000);
    assertThat(mail.hasRoom(mailbox, 1L << 40)).isTrue();
    assertThat(mail.hasRoom(small, 1000)).isTrue();
    quota(mailbox, 10);
    quota(small, 10);
    assertThat(mail.hasRoom(mailbox, 1000)).as("as it was a moment ago").isTrue();
    assertThat(mail.hasRoom(mailbox, 1L << 39)).as("more than much").isFalse();
    assertThat(mail.hasRoom(small, 1000)).isFalse();
    assertThat(mail.deliver(List.of(mailbox), test.message(100, "a"))).containsExactly(mailbox);
  }

  private void quota(long mailboxId, long octets) throws SQLException {
    try (var connection = database.getConnection()) {
      Sql.of("update mailbox set quota_octets = ? where id = ?", octets, mailboxId)
          .update(connection);
    }
  }
}
