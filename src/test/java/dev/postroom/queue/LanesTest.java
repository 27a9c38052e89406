package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.outbound.Attempt;
import dev.postroom.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTest {
  private static final Turn BULK = new Turn("example.net", 1, Urgency.BULK);
  private static final Turn QUICK = new Turn("example.net", 2, 0);
  private static final Duration REST = Duration.ofSeconds(30);
  private static final Attempt.Deferred OUTCOME =
      new Attempt.Deferred("mx.example.net", new EnhancedStatus(4, 4, 1), "no answer");

  private final TestClock clock = new TestClock();
  private final Table table = new Table();

  private Lanes lanes(int workers, int batch, int claimed) {
    return new Lanes(table, new Lanes.Limits(workers, batch, claimed), clock, () -> {});
  }

  /** A table in memory, and work that ends when the test says so. */
  private static final class Table implements Trade {
    final ConcurrentHashMap<Turn, AtomicInteger> due = new ConcurrentHashMap<>();
    final Semaphore ends = new Semaphore(0);
    final List<Turn> begun = new CopyOnWriteArrayList<>();
    final AtomicInteger atWork = new AtomicInteger();
    final AtomicInteger mostAtWork = new AtomicInteger();
    final AtomicInteger claimed = new AtomicInteger();
    final AtomicInteger mostClaimed = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();
    final AtomicInteger postponed = new AtomicInteger();
    volatile Reaction reaction = Reaction.TOOK;
    volatile boolean locked;
    volatile String site = "";
    volatile OptionalInt perMinute = OptionalInt.empty();

    Turn queue(Turn turn, int entries) {
      left(turn).addAndGet(entries);
      return turn;
    }

    AtomicInteger left(Turn turn) {
      return due.computeIfAbsent(turn, _ -> new AtomicInteger());
    }

    @Override
    public Trade.Route route(String destination) {
      return new Trade.Route(
          site.isEmpty() ? destination : site, new Terms(5, 20, perMinute, REST));
    }

    @Override
    public synchronized Trade.Claimed claim(String destination, Serving serving) {
      looks.incrementAndGet();
      var turns =
          due.entrySet().stream()
              .filter(e -> e.getValue().get() > 0)
              .map(Map.Entry::getKey)
              .filter(turn -> turn.destination().equals(destination))
              .toList();
      var parcels = new ArrayList<Parcel>();
      if (locked) {
        return new Trade.Claimed(List.of(), false, !turns.isEmpty());
      }
      for (var helping : serving.helpings(turns)) {
        int count = Math.min(helping.entries(), left(helping.turn()).get());
        left(helping.turn()).addAndGet(-count);
        parcels.addAll(TestEntries.parcels(helping.turn(), count));
      }
      mostClaimed.accumulateAndGet(claimed.addAndGet(parcels.size()), Math::max);
      return new Trade.Claimed(parcels, !parcels.isEmpty(), !turns.isEmpty());
    }

    @Override
    public Reaction carry(Parcel parcel) {
      mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
      begun.add(parcel.first().turn());
      ends.acquireUninterruptibly();
      atWork.decrementAndGet();
      claimed.decrementAndGet();
      return reaction;
    }

    @Override
    public void postpone(List<Parcel> parcels, Attempt.Deferred outcome) {
      claimed.addAndGet(-parcels.size());
      postponed.addAndGet(parcels.size());
    }
  }

  private void await(org.awaitility.core.ThrowingRunnable assertion) {
    org.awaitility.Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(assertion);
  }

  private void awaitBegun(int count) {
    await(() -> assertThat(table.begun).hasSize(count));
  }

  @Test
  void aLaneGrowsWithWhatIsTakenUpToItsLimitAndDrains() throws Exception {
    var lanes = lanes(100, 100, 1000);
    lanes.announce(table.queue(BULK, 500));
    awaitBegun(4); // of five, one place stays free for others
    table.ends.release();
    awaitBegun(6);
    table.ends.release(100);
    awaitBegun(100 + 1 + 16);
    assertThat(table.mostAtWork.get()).isEqualTo(16);
    table.ends.release(1000);
    awaitBegun(500);
    assertThat(lanes.awaitEnd(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void anotherCustomersMessageGoesAtOnceThoughEverythingIsBusy() {
    var lanes = lanes(100, 100, 1000);
    lanes.announce(table.queue(BULK, 100_000));
    awaitBegun(4);
    lanes.announce(table.queue(QUICK, 1));
    await(() -> assertThat(table.begun).contains(QUICK));
    assertThat(table.begun).hasSize(5);
    stop(lanes);
  }

  @Test
  void theSameCustomersUrgentMailIsNext() {
    var lanes = lanes(100, 100, 1000);
    var urgent = new Turn("example.net", 1, 0);
    lanes.announce(table.queue(BULK, 100_000));
    awaitBegun(4);
    lanes.announce(table.queue(urgent, 1));
    await(() -> assertThat(table.left(urgent)).hasValue(0)); // claimed
    table.ends.release();
    await(() -> assertThat(table.begun).contains(urgent));
    assertThat(table.begun.indexOf(urgent)).isBetween(4, 6);
    stop(lanes);
  }

  @Test
  void noMoreIsClaimedThanMayWait() {
    var lanes = lanes(1000, 100, 1000);
    for (int i = 0; i < 100; i++) {
      lanes.announce(table.queue(new Turn("d" + i + ".example", 1, 0), 1000));
    }
    awaitBegun(400);
    table.ends.release(5000);
    await(() -> assertThat(table.begun).hasSizeGreaterThan(5400));
    // at work, those that wait, and a few for each lane
    assertThat(table.mostClaimed.get()).isLessThanOrEqualTo(800 + 1000 + 100 * 10);
    stop(lanes);
  }

  @Test
  void aQuietLaneDoesNotLookAgainAndAgain() throws Exception {
    var lanes = lanes(100, 100, 1000);
    lanes.announce(table.queue(BULK, 1000));
    awaitBegun(4);
    int looks = table.looks.get();
    for (int i = 0; i < 100; i++) {
      lanes.announce(BULK);
    }
    assertThat(table.looks.get()).isEqualTo(looks).isLessThanOrEqualTo(2);
    stop(lanes);
  }

  @Test
  void whatSomebodyElseHasLockedIsNotAskedForAgainAndAgain() throws Exception {
    table.locked = true;
    var lanes = lanes(100, 100, 1000);
    lanes.announce(table.queue(BULK, 10));
    assertThat(lanes.awaitEnd(Duration.ofSeconds(10))).isTrue();
    assertThat(table.looks.get()).isLessThanOrEqualTo(2);
    table.locked = false;
    table.ends.release(100);
    lanes.announce(BULK); // as the next look does
    awaitBegun(10);
  }

  @Test
  void domainsWithTheSameServersShareTheirWorkers() {
    table.site = "mx.provider.example";
    var lanes = lanes(1000, 100, 1000);
    for (int i = 0; i < 50; i++) {
      lanes.announce(table.queue(new Turn("d" + i + ".example", i, 0), 3));
    }
    awaitBegun(5);
    table.ends.release(1000);
    awaitBegun(150);
    assertThat(table.mostAtWork.get()).isLessThanOrEqualTo(20);
  }

  @Test
  void aDestinationThatIsDownIsTriedOnceAndAllItsMailPutOff() throws Exception {
    table.reaction = new Reaction.Unreachable(OUTCOME);
    var lanes = lanes(100, 100, 1000);
    lanes.announce(table.queue(BULK, 5000));
    awaitBegun(4);
    table.ends.release(4);
    await(() -> assertThat(table.postponed.get()).isEqualTo(4996));
    assertThat(lanes.awaitEnd(Duration.ofSeconds(10))).isTrue();
    clock.forward(REST);
    lanes.announce(table.queue(BULK, 100));
    awaitBegun(5);
    table.ends.release();
    await(() -> assertThat(table.postponed.get()).isEqualTo(4996 + 99));
    clock.forward(REST);
    table.reaction = Reaction.TOOK;
    table.ends.release(1000);
    lanes.announce(table.queue(BULK, 100));
    awaitBegun(5 + 100);
  }

  @Test
  void aComplaintPausesAndHalves() throws Exception {
    var lanes = lanes(100, 100, 1000);
    lanes.announce(table.queue(BULK, 5000));
    awaitBegun(4);
    table.ends.release(50);
    awaitBegun(66);
    table.reaction = new Reaction.Strained(OUTCOME);
    table.ends.release(16);
    await(() -> assertThat(table.atWork.get()).isZero());
    assertThat(table.begun).hasSize(66);
    lanes.wake();
    assertThat(lanes.hasPaused()).isTrue();
    table.reaction = Reaction.TOOK;
    table.mostAtWork.set(0);
    clock.forward(Pace.FIRST_PAUSE);
    lanes.wake();
    awaitBegun(66 + 8);
    assertThat(table.mostAtWork.get()).isEqualTo(8);
    assertThat(table.postponed.get()).isZero();
    stop(lanes);
  }

  @Test
  void aRateIsKept() throws Exception {
    table.perMinute = OptionalInt.of(120);
    table.ends.release(1000);
    var lanes = lanes(100, 100, 1000);
    lanes.announce(table.queue(BULK, 1000));
    awaitBegun(3); // what may be ahead in a second
    for (int second = 1; second <= 10; second++) {
      clock.forward(Duration.ofSeconds(1));
      lanes.wake();
      awaitBegun(3 + 2 * second);
    }
    stop(lanes);
  }

  @Test
  void manyDestinationsOfOneCustomerLeaveALaneForAnother() {
    var lanes = lanes(10, 10, 1000);
    for (int i = 0; i < 500; i++) {
      lanes.announce(table.queue(new Turn("d" + i + ".example", 1, 0), 1));
    }
    awaitBegun(8);
    lanes.announce(table.queue(new Turn("other.example", 2, 0), 1));
    await(() -> assertThat(table.begun).contains(new Turn("other.example", 2, 0)));
    table.ends.release(1000);
    awaitBegun(501);
    assertThat(table.mostAtWork.get()).isLessThanOrEqualTo(10);
  }

  @Test
  void slowDestinationsOfOneCustomerLeaveRoomForAnother() {
    var lanes = lanes(20, 10, 1000);
    for (int i = 0; i < 30; i++) {
      lanes.announce(table.queue(new Turn("d" + i + ".example", 1, 0), 100));
    }
    awaitBegun(16);
    for (int i = 0; i < 3; i++) {
      lanes.announce(table.queue(new Turn("o" + i + ".example", 2, 0), 1));
    }
    awaitBegun(19);
    stop(lanes);
  }

  @Test
  void whatWasNotBegunIsGivenBackAtAStop() {
    var lanes = lanes(100, 100, 1000);
    lanes.announce(table.queue(BULK, 50));
    awaitBegun(4);
    await(() -> assertThat(table.left(BULK)).hasValue(0));
    assertThat(lanes.stop()).hasSize(46);
    assertThat(lanes.stop()).isEmpty();
    table.ends.release(100);
    await(() -> assertThat(table.atWork.get()).isZero());
    assertThat(table.begun).hasSize(4);
  }

  private void stop(Lanes lanes) {
    lanes.stop();
    table.ends.release(1_000_000);
  }
}
