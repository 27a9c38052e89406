package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.store.MailboxStore.FlagChange;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@PostroomTest
class SinceTest {
  @Inject MailStore mail;
  @Inject Changes changes;
  @Inject TestMail test;

  /** A session's copy of a folder, kept up to date by what {@code since} tells. */
  private final class Follower {
    private final MailboxStore store;
    private final long folder;
    private final Map<Long, StoredMessage> messages = new TreeMap<>();
    private long modSeq;
    private long uidNext = 1;

    Follower(MailboxStore store, long folder) {
      this.store = store;
      this.folder = folder;
    }

    void catchUp() {
      var delta = store.since(folder, modSeq);
      for (var message : delta.changed()) {
        // Told once: nothing comes with a MODSEQ that was told before
        assertThat(message.modSeq()).isBetween(modSeq + 1, delta.highestModSeq());
        if (!messages.containsKey(message.uid())) {
          assertThat(message.uid()).isBetween(uidNext, delta.uidNext() - 1);
        }
        assertThat(delta.expunged().contains(message.uid())).isFalse();
        messages.put(message.uid(), message);
      }
      messages.keySet().removeIf(delta.expunged()::contains);
      modSeq = delta.highestModSeq();
      uidNext = delta.uidNext();
    }
  }

  @Test
  void nothingNewIsAnEmptyDelta() {
    var store = test.store();
    long inbox = test.inbox(store);
    var all = store.since(inbox, 0);
    assertThat(all.isEmpty()).isTrue();
    assertThat(all.uidNext()).isEqualTo(1);
    assertThat(store.since(inbox, all.highestModSeq()).isEmpty()).isTrue();
  }

  @Test
  void everythingIsToldOnceWhileManyWrite() throws Exception {
    long mailbox = test.mailbox();
    var store = mail.open(mailbox);
    long inbox = test.inbox(store);
    long archive = test.folder(store, "Archive");
    test.fill(inbox, 30);
    var woken = new Semaphore(0);
    var follower = new Follower(store, inbox);
    try (var _ = changes.subscribe(inbox, woken::release);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> writers =
          IntStream.range(0, 8)
              .mapToObj(seed -> threads.submit(writer(mailbox, inbox, archive, seed)))
              .toList();
      follower.catchUp();
      while (writers.stream().anyMatch(writer -> !writer.isDone())) {
        if (woken.tryAcquire(20, TimeUnit.MILLISECONDS)) {
          woken.drainPermits();
          follower.catchUp();
        }
      }
      for (var writer : writers) {
        writer.get();
      }
    }
    if (woken.drainPermits() > 0) { // what came last was announced, too
      follower.catchUp();
    }
    assertThat(List.copyOf(follower.messages.values()))
        .isEqualTo(store.messages(inbox, UidSet.ALL));
    var fresh = new Follower(store, inbox);
    fresh.catchUp();
    assertThat(fresh.messages).isEqualTo(follower.messages);
    test.assertCountsAreTrue(mailbox);
  }

  private Callable<Void> writer(long mailbox, long inbox, long archive, int seed) {
    return () -> {
      var random = new Random(seed);
      var store = mail.open(mailbox);
      var message = test.message("from " + seed, "word" + seed);
      for (int i = 0; i < 40; i++) {
        long low = random.nextInt(1, 100);
        var some = new UidSet(List.of(new UidSet.Range(low, low + random.nextInt(4))));
        switch (random.nextInt(6)) {
          case 0, 1 -> mail.deliver(List.of(mailbox), message);
          case 2 -> store.store(inbox, some, FlagChange.ADD, Set.of("\\Seen", "w" + i % 5));
          case 3 -> store.store(inbox, some, FlagChange.REPLACE, Set.of("\\Deleted"));
          case 4 -> store.expunge(inbox, UidSet.ALL);
          default -> store.move(random.nextBoolean() ? inbox : archive, some, inbox);
        }
      }
      return null;
    };
  }

  @Test
  void whoWasAwayForTooLongIsToldAllThatIsGone() {
    var store = test.store();
    long inbox = test.inbox(store);
    test.fill(inbox, 2110);
    long before = store.folder("INBOX").orElseThrow().highestModSeq();
    // 1000 ranges are remembered
    IntStream.rangeClosed(1, 50).forEach(i -> store.remove(inbox, UidSet.of(2L * i)));
    var afterFifty = store.folder("INBOX").orElseThrow().highestModSeq();
    assertThat(store.since(inbox, before).expunged().ranges()).hasSize(50);
    var many = new ArrayList<Long>();
    IntStream.rangeClosed(51, 1000).forEach(i -> many.add(2L * i));
    store.remove(inbox, UidSet.of(many));
    assertThat(store.since(inbox, before).expunged().ranges()).hasSize(1000);
    assertThat(test.count("select forgotten_modseq from folder where id = ?", inbox)).isZero();

    store.remove(inbox, UidSet.of(2005));

    assertThat(test.count("select forgotten_modseq from folder where id = ?", inbox)).isPositive();
    assertThat(test.count("select count(*) from expunged where folder_id = ?", inbox))
        .isLessThanOrEqualTo(1000);
    for (long known : new long[] {before, before + 1, afterFifty - 1, afterFifty}) {
      var expected = new HashSet<Long>(many);
      expected.add(2005L);
      var gone = store.since(inbox, known).expunged();
      assertThat(expected).allMatch(gone::contains);
      assertThat(test.uids(store, inbox)).noneMatch(gone::contains);
    }
    assertThat(store.since(inbox, 0).expunged()).isEqualTo(UidSet.EMPTY);
    assertThat(store.since(inbox, 0).changed()).hasSize(2110 - 1001);
  }
}
