package dev.postroom.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.TraceId;
import dev.postroom.testing.Settings;
import dev.postroom.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TraceTest {
  private final TestClock clock = new TestClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private Trace trace(String... settings) {
    return new Trace(Settings.of(TraceConfig.class, settings), clock, meters);
  }

  private TraceEvent event() {
    return new TraceEvent(TraceId.next(clock, new Random()), null, null, new Step.Queued());
  }

  private double lost() {
    return meters.counter("postroom.trace.lost").count();
  }

  @Test
  void whatHasNoRoomIsLostAndCounted() throws InterruptedException {
    var trace = trace("postroom.trace.buffer", "3");
    trace.record(Collections.nCopies(2, event()));
    trace.record(Collections.nCopies(2, event())); // begun while there was room
    trace.record(Collections.nCopies(2, event()));
    assertThat(trace.waiting()).isEqualTo(4);
    assertThat(lost()).isEqualTo(2);
    trace.take(Duration.ZERO);
    trace.record(event());
    assertThat(trace.waiting()).isEqualTo(1);
  }

  @Test
  void aBatchIsTakenWhenItIsFullAndNoMoreThanThat() throws InterruptedException {
    var trace = trace("postroom.trace.batch", "3");
    for (int i = 0; i < 5; i++) {
      trace.record(event());
    }
    assertThat(trace.take(Duration.ofHours(1))).hasSize(3);
    assertThat(trace.take(Duration.ZERO)).hasSize(2);
    assertThat(trace.take(Duration.ofMillis(1))).isEmpty();
  }

  @Test
  void everyEventHasAMomentOfItsOwnThoughTheClockStands() throws InterruptedException {
    var trace = trace();
    trace.record(Collections.nCopies(3, event()));
    trace.record(event());
    var moments =
        trace.take(Duration.ZERO).stream()
            .flatMap(told -> told.moments().stream().map(Recorded.Moment::at))
            .toList();
    assertThat(moments).hasSize(4).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void nothingIsRecordedWhenItIsSwitchedOff() {
    var trace = trace("postroom.trace.enabled", "false");
    trace.record(List.of(event()));
    assertThat(trace.waiting()).isZero();
    assertThat(lost()).isZero();
  }
}
