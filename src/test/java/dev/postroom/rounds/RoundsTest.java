package dev.postroom.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoundsTest {
  private final Queue<List<Integer>> rounds = new ConcurrentLinkedQueue<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();

  private void work(List<Integer> round) {
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    rounds.add(round);
    Thread.yield();
    running.decrementAndGet();
  }

  @Test
  void aloneEverybodyLeads() {
    var alone = new Rounds<Integer>(2, 10, _ -> 1, this::work);
    alone.take(1);
    alone.take(2);
    assertThat(rounds).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void whatComesWhileAllAreBusyGoesTogetherUpToTheLimit() throws Exception {
    comeWhileBusy(_ -> 1, 4);
    assertThat(rounds).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4));
  }

  @Test
  void whatIsHeavyGoesAloneAndIsNotOvertaken() throws Exception {
    comeWhileBusy(part -> part == 3 ? 1000 : 1, 6);
    assertThat(rounds).containsExactly(List.of(0), List.of(1, 2), List.of(3), List.of(4, 5, 6));
  }

  /** 0 keeps the only leader busy until the others wait. */
  private void comeWhileBusy(ToIntFunction<Integer> weight, int others) throws Exception {
    var first = new CountDownLatch(1);
    var entered = new CountDownLatch(1);
    var together =
        new Rounds<Integer>(
            1,
            3,
            weight,
            round -> {
              entered.countDown();
              try {
                first.await();
              } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
              }
              rounds.add(round);
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(() -> together.take(0));
      entered.await();
      for (int i = 1; i <= others; i++) {
        int part = i;
        threads.submit(() -> together.take(part));
        Awaitility.await().until(() -> together.waiting() == part);
      }
      first.countDown();
    }
  }

  @Test
  void allWorkIsDoneOnceByNoMoreThanTheLeaders() throws Exception {
    var many = new Rounds<Integer>(3, 5, _ -> 1, this::work);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 5000; i++) {
        int part = i;
        threads.submit(() -> many.take(part));
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(rounds.stream().flatMap(List::stream).distinct()).hasSize(5000);
    assertThat(rounds.stream().mapToInt(List::size).sum()).isEqualTo(5000);
    assertThat(rounds).allMatch(round -> round.size() <= 5);
    assertThat(mostRunning.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void aRoundThatThrowsFreesItsPlace() {
    var failing =
        new Rounds<Integer>(
            1,
            5,
            _ -> 1,
            round -> {
              work(round);
              throw new IllegalStateException("expected");
            });
    for (int i = 0; i < 3; i++) {
      int part = i;
      assertThatThrownBy(() -> failing.take(part)).hasMessage("expected");
    }
    assertThat(rounds).hasSize(3);
  }
}
