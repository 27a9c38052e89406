package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTest {
  private static final Lanes.Width WIDTH = new Lanes.Width(2, 6);

  /** Counts who is at work; each piece of work ends when the test says so. */
  private static final class Stage implements Lanes.Trade {
    final Semaphore begun = new Semaphore(0);
    final Semaphore ends = new Semaphore(0, true);
    final AtomicInteger atWork = new AtomicInteger();
    final AtomicInteger mostAtWork = new AtomicInteger();
    final CountDownLatch idle = new CountDownLatch(1);
    volatile boolean takes = true;

    @Override
    public List<Parcel> claim(String destination) {
      return List.of();
    }

    @Override
    public boolean carry(Parcel parcel) {
      mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
      begun.release();
      ends.acquireUninterruptibly();
      atWork.decrementAndGet();
      return takes;
    }
  }

  private static List<Parcel> parcels(int count) {
    var random = RandomGenerator.of("L64X128MixRandom");
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Entry(
                    i,
                    TraceId.next(Clock.systemUTC(), random),
                    ReversePath.NULL,
                    MailAddress.parse("ben@example.net"),
                    "example.net",
                    new BlobId("0".repeat(64)),
                    1,
                    false,
                    "",
                    Instant.MAX,
                    null,
                    0,
                    MailOptions.NONE,
                    RecipientOptions.NONE))
        .map(entry -> new Parcel(List.of(entry)))
        .toList();
  }

  @Test
  void aLaneGrowsWithWhatIsTakenUpToItsLimit() throws Exception {
    var stage = new Stage();
    var lanes = new Lanes(stage, WIDTH, 100, stage.idle::countDown);
    lanes.add(parcels(100));
    stage.begun.acquire(WIDTH.first());
    assertThat(stage.atWork.get()).isEqualTo(WIDTH.first());
    stage.ends.release(); // one leaves, it and one more begin
    stage.begun.acquire(2);
    assertThat(stage.atWork.get()).isEqualTo(WIDTH.first() + 1);
    stage.ends.release(20);
    stage.begun.acquire(20 + WIDTH.most() - WIDTH.first() - 1);
    assertThat(stage.atWork.get()).isEqualTo(WIDTH.most());
    stage.ends.release(100);
    stage.idle.await();
    assertThat(lanes.awaitEnd(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void aLaneBeginsAgainWhenSomethingIsNotTaken() throws Exception {
    var stage = new Stage();
    var lanes = new Lanes(stage, WIDTH, 100, stage.idle::countDown);
    lanes.add(parcels(100));
    stage.ends.release(20);
    stage.begun.acquire(20 + WIDTH.most());
    stage.takes = false;
    stage.ends.release(WIDTH.most()); // all leave, the first ones begin again
    stage.begun.acquire(WIDTH.first());
    stage.mostAtWork.set(0);
    stage.ends.release(100);
    stage.idle.await();
    assertThat(stage.mostAtWork.get()).isBetween(1, WIDTH.first());
  }
}
