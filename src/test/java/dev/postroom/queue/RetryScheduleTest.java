package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.testing.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant LATE = NOW.plus(Duration.ofDays(5));

  private final QueueConfig config = Settings.of(QueueConfig.class);

  private RetrySchedule schedule(int jitter) {
    return new RetrySchedule(config.retryPauses(), jitter, new Random(3));
  }

  @ParameterizedTest
  @CsvSource({
    "1, PT1M",
    "2, PT5M",
    "3, PT15M",
    "4, PT30M",
    "5, PT1H",
    "6, PT2H",
    "7, PT4H",
    "30, PT4H"
  })
  void pausesGrowAndTheLastOneRepeats(int attempts, Duration pause) {
    assertThat(schedule(0).next(attempts, NOW, LATE)).isEqualTo(NOW.plus(pause));
  }

  @Test
  void pausesDifferWithinTheJitter() {
    var schedule = schedule(15);
    var seen = new HashSet<Instant>();
    for (int i = 0; i < 1000; i++) {
      var next = schedule.next(5, NOW, LATE);
      assertThat(next)
          .isBetween(NOW.plus(Duration.ofMinutes(51)), NOW.plus(Duration.ofMinutes(69)));
      seen.add(next);
    }
    assertThat(seen).hasSizeGreaterThan(900);
  }

  @Test
  void theLastAttemptIsMadeWhenTheMessageExpires() {
    assertThat(schedule(0).next(7, LATE.minusSeconds(60), LATE)).isEqualTo(LATE);
    assertThat(schedule(0).next(7, LATE, LATE)).isAfter(LATE);
  }

  @Test
  void senselessSettingsAreRefused() {
    assertThatThrownBy(() -> new RetrySchedule(List.of(), 15, new Random()))
        .hasMessageContaining("postroom.queue.retry-pauses");
    assertThatThrownBy(() -> new RetrySchedule(config.retryPauses(), 100, new Random()))
        .hasMessageContaining("postroom.queue.retry-jitter");
  }
}
