package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.blob.BlobId;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Viewer;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@PostroomTest
class ReleasedSweepTest {
  @Inject MailStore mail;
  @Inject Changes changes;
  @Inject TestMail test;
  @Inject ReleasedSweep sweep;
  @Inject AgroalDataSource dataSource;
  @Inject Fixtures fixtures;
  @Inject Mailboxes mailboxes;

  /** As if what was released had been released long ago. */
  private void sweepAll() {
    sweep.sweep();
    try (var connection = dataSource.getConnection()) {
      Sql.of("update content_released set released_at = 0").update(connection);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    sweep.sweep();
  }

  private boolean isReferenced(BlobId blob) {
    return !mail.referenced(Set.of(blob)).isEmpty();
  }

  @Test
  void aContentGoesWithItsLastMessageAndNotBeforeItsTime() {
    var store = test.store();
    var other = test.store();
    long inbox = test.inbox(store);
    var message = test.message("shared by two");
    mail.deliver(
        List.of(((SqlMailboxStore) store).mailboxId(), ((SqlMailboxStore) other).mailboxId()),
        message);
    store.copy(inbox, UidSet.ALL, test.folder(store, "Archive"));

    store.remove(inbox, UidSet.ALL);
    sweepAll();
    assertThat(isReferenced(message.blob())).isTrue();
    store.remove(test.folder(store, "Archive"), UidSet.ALL);
    sweepAll();
    assertThat(isReferenced(message.blob())).isTrue();
    other.remove(test.inbox(other), UidSet.ALL);
    sweep.sweep(); // a session may still fetch what was expunged a moment ago
    assertThat(isReferenced(message.blob())).isTrue();
    sweepAll();
    assertThat(isReferenced(message.blob())).isFalse();
  }

  @Test
  void deletedFoldersAreCleared() {
    var store = test.store();
    long folder = store.create("a", null).id();
    var message = test.message("in a");
    store.append(folder, message);
    test.fill(folder, 2500);
    store.delete(folder);
    sweepAll();
    assertThat(isReferenced(message.blob())).isFalse();
    assertThat(test.count("select count(*) from message where folder_id = ?", folder)).isZero();
    assertThat(test.count("select count(*) from folder where id = ?", folder)).isZero();
  }

  @Test
  void aMailboxMadeInTheDirectoryHasItsFoldersAndLosesThemWhenItIsRemoved() {
    var mailbox = fixtures.mailbox(fixtures.domain(), "ann").id();
    assertThat(test.count("select count(*) from folder where mailbox_id = ?", mailbox))
        .isEqualTo(6);
    var store = mail.open(mailbox);
    long inbox = test.inbox(store);
    var message = test.message("to be removed");
    mail.deliver(List.of(mailbox), message);
    var told = new AtomicInteger();
    try (var _ = changes.subscribe(inbox, told::incrementAndGet)) {
      mailboxes.remove(Viewer.SERVER, mailbox);
    }

    assertThat(told).hasValue(1);
    assertThatThrownBy(() -> store.messages(inbox, UidSet.ALL)).isInstanceOf(StoreProblem.class);
    assertThatThrownBy(store::folders).isInstanceOf(StoreProblem.class);
    sweepAll();
    assertThat(isReferenced(message.blob())).isFalse();
    assertThat(test.count("select count(*) from folder where id = ?", inbox)).isZero();
    assertThat(mail.usage(List.of(mailbox))).containsEntry(mailbox, Usage.EMPTY);
    assertThat(mail.hasRoom(mailbox, 1)).isFalse();
  }

  @Test
  void whatIsMovedAndCopiedWhileSweepsRunIsNeverLost() throws Exception {
    var store = test.store();
    long inbox = test.inbox(store);
    long sent = test.folder(store, "Sent");
    IntStream.range(0, 20).forEach(i -> store.append(inbox, test.message("keep " + i)));
    store.copy(inbox, UidSet.ALL, sent);
    var contents = contents(store, inbox);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          List.of(
              threads.submit(juggler(store, inbox, test.folder(store, "Archive"))),
              threads.submit(juggler(store, sent, test.folder(store, "Junk"))));
      while (running.stream().anyMatch(future -> !future.isDone())) {
        sweepAll();
      }
      for (var future : running) {
        future.get();
      }
    }
    assertThat(contents(store, inbox)).isEqualTo(contents);
    assertThat(contents(store, sent)).isEqualTo(contents);
    store.remove(inbox, UidSet.ALL);
    store.remove(sent, UidSet.ALL);
    sweepAll();
    for (long content : contents) {
      assertThatThrownBy(() -> store.content(content)).isInstanceOf(StoreProblem.class);
    }
  }

  /** Copies come and go between two folders; of each message one is left at all times. */
  private static Callable<Void> juggler(MailboxStore store, long one, long other) {
    return () -> {
      for (int i = 0; i < 15; i++) {
        store.move(one, UidSet.ALL, other);
        var copied = store.copy(other, UidSet.ALL, one);
        store.remove(other, UidSet.of(copied.sourceUids()));
      }
      return null;
    };
  }

  private static Set<Long> contents(MailboxStore store, long folder) {
    var contents = new HashSet<Long>();
    store.messages(folder, UidSet.ALL).forEach(message -> contents.add(message.contentId()));
    return contents;
  }
}
