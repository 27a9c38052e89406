package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.testing.PostroomTest;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@PostroomTest
class TransactionsTest {
  @Inject MailStore mail;
  @Inject Transactions transactions;
  @Inject AgroalDataSource dataSource;
  @Inject TestMail test;

  private static int touch(Connection connection, long mailboxId) throws SQLException {
    return Sql.of(
            "update mailbox_usage set messages = messages + 1 where mailbox_id = ?", mailboxId)
        .update(connection);
  }

  private long mailboxWithFolders() {
    long mailbox = test.mailbox();
    mail.open(mailbox).folders();
    return mailbox;
  }

  @Test
  void whatADeadlockEndedIsDoneAgain() throws Exception {
    long one = mailboxWithFolders();
    long other = mailboxWithFolders();
    var attempts = new AtomicInteger();
    var bothHoldOne = new CountDownLatch(2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> touchBoth(one, other, bothHoldOne, attempts));
      var second = threads.submit(() -> touchBoth(other, one, bothHoldOne, attempts));
      first.get(30, TimeUnit.SECONDS);
      second.get(30, TimeUnit.SECONDS);
    }
    assertThat(attempts).hasValue(3);
    assertThat(mail.usage(List.of(one, other)))
        .containsEntry(one, new Usage(0, 2))
        .containsEntry(other, new Usage(0, 2));
  }

  private int touchBoth(long one, long other, CountDownLatch bothHoldOne, AtomicInteger attempts) {
    return transactions.write(
        connection -> {
          attempts.incrementAndGet();
          touch(connection, one);
          bothHoldOne.countDown();
          await(bothHoldOne);
          return touch(connection, other);
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void aFailedStatementLeavesTheCallersTransactionUncommittable() {
    long mailbox = mailboxWithFolders();
    assertThatThrownBy(
            () ->
                QuarkusTransaction.requiringNew()
                    .run(
                        () -> {
                          mail.deliver(List.of(mailbox), test.message("a"));
                          assertThatThrownBy(
                                  () -> transactions.write(c -> Sql.of("nonsense").update(c)))
                              .isInstanceOf(StoreFailure.class)
                              .hasCauseInstanceOf(SQLException.class);
                        }))
        .isNotNull();
    assertThat(mail.usage(List.of(mailbox))).containsEntry(mailbox, Usage.EMPTY);
  }

  @Test
  void aConnectionLostBeforeTheCommitIsAFailure() {
    long mailbox = mailboxWithFolders();
    assertThatThrownBy(
            () ->
                QuarkusTransaction.requiringNew()
                    .run(
                        () -> {
                          mail.deliver(List.of(mailbox), test.message("a"));
                          long connection = test.count("select connection_id()");
                          QuarkusTransaction.suspendingExisting().run(() -> kill(connection));
                        }))
        .isInstanceOf(RuntimeException.class);
    assertThat(mail.usage(List.of(mailbox))).containsEntry(mailbox, Usage.EMPTY);
  }

  private void kill(long connectionId) {
    try (var connection = dataSource.getConnection()) {
      Sql.of("kill connection " + connectionId).update(connection);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void whatIsTurnedDownLeavesTheCallersTransactionAsItWas() {
    long mailbox = mailboxWithFolders();
    long full = test.mailbox(1);
    var fullStore = mail.open(full);
    long inbox = test.inbox(fullStore);
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              mail.deliver(List.of(mailbox), test.message("a"));
              assertThatThrownBy(() -> fullStore.append(inbox, test.message("b")))
                  .isInstanceOf(StoreProblem.class);
            });
    test.assertCountsAreTrue(mailbox);
    assertThat(test.uids(mail.open(mailbox), test.inbox(mail.open(mailbox)))).hasSize(1);
    assertThat(test.uids(fullStore, inbox)).isEmpty();
  }

  @Test
  void aChangeOfTheMailboxInTheDirectoryDoesNotHoldUpItsMail() {
    long mailbox = mailboxWithFolders();
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              try (var connection = dataSource.getConnection()) {
                Sql.of("update mailbox set quota_octets = 5 where id = ?", mailbox)
                    .update(connection);
                // another connection: it would wait for the lock until it times out
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                  var delivery =
                      threads.submit(() -> mail.deliver(List.of(mailbox), test.message("a")));
                  assertThat(delivery)
                      .succeedsWithin(10, TimeUnit.SECONDS)
                      .isEqualTo(java.util.Set.of());
                }
              } catch (SQLException failed) {
                throw new IllegalStateException(failed);
              }
            });
  }
}
