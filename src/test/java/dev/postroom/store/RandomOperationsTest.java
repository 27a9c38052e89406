package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.store.MailboxStore.FlagChange;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to a mailbox, its counts and its use are those that counting gives. */
@PostroomTest
class RandomOperationsTest {
  private static final List<String> FLAGS =
      List.of("\\Seen", "\\Deleted", "\\Flagged", "one", "two", "three");

  @Inject MailStore mail;
  @Inject TestMail test;
  @Inject ReleasedSweep sweep;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void countsAndUseStayTrue(long seed) throws Exception {
    long mailbox = test.mailbox(20_000);
    mail.open(mailbox).folders();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          IntStream.range(0, 6)
              .mapToObj(i -> threads.submit(operations(mailbox, new Random(seed * 100 + i))))
              .toList();
      for (var future : running) {
        future.get();
      }
    }
    test.assertCountsAreTrue(mailbox);
    assertThat(mail.usage(List.of(mailbox)))
        .hasEntrySatisfying(mailbox, usage -> assertThat(usage.octets()).isBetween(0L, 20_000L));
    sweep.sweep();
    test.assertCountsAreTrue(mailbox);
  }

  private Callable<Void> operations(long mailbox, Random random) {
    return () -> {
      for (int i = 0; i < 60; i++) {
        try {
          operation(mailbox, random);
        } catch (StoreProblem turnedDown) {
          assertThat(turnedDown.kind()).isNotNull();
        }
      }
      return null;
    };
  }

  private void operation(long mailbox, Random random) {
    var store = mail.open(mailbox);
    var folders = store.folders();
    var one = folders.get(random.nextInt(folders.size()));
    var other = folders.get(random.nextInt(folders.size()));
    var uids = new UidSet(List.of(new UidSet.Range(1 + random.nextInt(9), 9 + random.nextInt(9))));
    var flags = Set.of(FLAGS.get(random.nextInt(6)), "extra" + random.nextInt(3));
    switch (random.nextInt(11)) {
      case 0, 1 -> mail.deliver(List.of(mailbox), test.message(100 + random.nextInt(500), "m"));
      case 2 -> store.append(one.id(), test.message(100, "a", "\\Seen", "two"));
      case 3 -> store.store(one.id(), uids, FlagChange.ADD, flags);
      case 4 -> store.store(one.id(), uids, FlagChange.REMOVE, flags);
      case 5 -> store.store(one.id(), uids, FlagChange.REPLACE, flags);
      case 6 -> store.copy(one.id(), uids, other.id());
      case 7 -> store.move(one.id(), uids, other.id());
      case 8 -> store.expunge(one.id(), UidSet.ALL);
      case 9 -> store.create("f" + random.nextInt(5) + "/g" + random.nextInt(3), null);
      default -> {
        if (random.nextBoolean()) {
          store.delete(one.id());
        } else {
          store.rename(one.id(), "r" + random.nextInt(3));
        }
      }
    }
  }
}
