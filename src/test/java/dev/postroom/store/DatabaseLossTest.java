package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@PostroomTest
class DatabaseLossTest {
  @Inject MailStore mail;
  @Inject TestMail test;

  @Test
  void whatWasDeliveredBeforeTheDatabaseDiedIsThereWhenItIsBack() throws Exception {
    long mailbox = test.mailbox();
    var store = mail.open(mailbox);
    long inbox = test.inbox(store);
    Set<Long> delivered = ConcurrentHashMap.newKeySet();
    var failed = new AtomicBoolean();
    var back = new AtomicBoolean();
    var sequence = new java.util.concurrent.atomic.AtomicLong();
    Callable<Void> deliverer =
        () -> {
          while (!back.get()) {
            long size = 100 + sequence.incrementAndGet();
            var message = test.message((int) size, "numbered by size");
            try {
              mail.deliver(List.of(mailbox), message);
              delivered.add(size);
            } catch (RuntimeException databaseIsAway) {
              failed.set(true);
            }
          }
          return null;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> running =
          IntStream.range(0, 6).mapToObj(_ -> threads.submit(deliverer)).toList();
      try {
        Awaitility.await().until(() -> delivered.size() > 50);
        PostroomServer.database().kill();
        Awaitility.await().untilTrue(failed);
      } finally {
        PostroomServer.database().launch();
      }
      long before = delivered.size();
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> delivered.size() > before + 20);
      back.set(true);
      for (var future : running) {
        future.get();
      }
    }
    var there = store.messages(inbox, UidSet.ALL).stream().map(StoredMessage::size).toList();
    assertThat(there).doesNotHaveDuplicates().containsAll(delivered);
    test.assertCountsAreTrue(mailbox);
  }
}
