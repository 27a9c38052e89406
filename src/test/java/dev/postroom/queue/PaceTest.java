package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.EnhancedStatus;
import dev.postroom.outbound.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration REST = Duration.ofSeconds(30);
  private static final Attempt.Deferred OUTCOME =
      new Attempt.Deferred("mx.example.net", new EnhancedStatus(4, 4, 1), "no answer");
  private static final Reaction STRAINED = new Reaction.Strained(OUTCOME);
  private static final Reaction UNREACHABLE = new Reaction.Unreachable(OUTCOME);

  private final Pace pace = new Pace(new Terms(5, 20, OptionalInt.empty(), REST));

  private void takes(int messages) {
    for (int i = 0; i < messages; i++) {
      pace.heard(Reaction.TOOK, NOW);
    }
  }

  @Test
  void itGrowsWithEachMessageUpToItsLimit() {
    assertThat(pace.width()).isEqualTo(5);
    takes(3);
    assertThat(pace.width()).isEqualTo(8);
    takes(100);
    assertThat(pace.width()).isEqualTo(20);
    assertThat(pace.notBefore()).isBefore(NOW);
  }

  @Test
  void aRefusedMessageSaysNothingOfTheServer() {
    takes(5);
    pace.heard(Reaction.DECLINED, NOW);
    assertThat(pace.width()).isEqualTo(10);
  }

  @Test
  void aComplaintHalvesItAndBringsAPause() {
    takes(100);
    pace.heard(STRAINED, NOW);
    assertThat(pace.width()).isEqualTo(10);
    assertThat(pace.notBefore()).isEqualTo(NOW.plus(Pace.FIRST_PAUSE));
    assertThat(pace.down(NOW)).isEmpty();
  }

  @Test
  void complaintsAboutWhatWasBegunBeforeCountOnce() {
    takes(100);
    for (int i = 0; i < 20; i++) {
      pace.heard(STRAINED, NOW.plusMillis(i));
    }
    assertThat(pace.width()).isEqualTo(10);
    assertThat(pace.notBefore()).isEqualTo(NOW.plus(Pace.FIRST_PAUSE));
  }

  @Test
  void afterAComplaintItGrowsSlowly() {
    takes(100);
    pace.heard(STRAINED, NOW);
    takes(10);
    assertThat(pace.width()).as("one more for ten").isLessThanOrEqualTo(11);
    takes(200);
    assertThat(pace.width()).isEqualTo(20);
  }

  @Test
  void pausesGetLongerUntilSomethingIsTaken() {
    pace.heard(STRAINED, NOW);
    var second = NOW.plus(Pace.FIRST_PAUSE);
    pace.heard(STRAINED, second);
    assertThat(pace.notBefore()).isEqualTo(second.plus(Pace.FIRST_PAUSE.multipliedBy(2)));
    pace.heard(Reaction.TOOK, second);
    var third = second.plus(Duration.ofMinutes(1));
    pace.heard(STRAINED, third);
    assertThat(pace.notBefore()).isEqualTo(third.plus(Pace.FIRST_PAUSE));
    assertThat(pace.width()).isEqualTo(1);
  }

  @Test
  void oneThatOnlyEverComplainsCountsAsDown() {
    var now = NOW;
    for (int i = 0; i < Pace.PATIENCE; i++) {
      pace.heard(STRAINED, now);
      assertThat(pace.down(now)).isEmpty();
      now = pace.notBefore();
    }
    pace.heard(STRAINED, now);
    assertThat(pace.down(now)).contains(OUTCOME);
  }

  @Test
  void oneThatCannotBeReachedRestsAndIsTriedWithOneMessage() {
    takes(100);
    pace.heard(UNREACHABLE, NOW);
    assertThat(pace.down(NOW.plus(REST).minusMillis(1))).contains(OUTCOME);
    assertThat(pace.down(NOW.plus(REST))).isEmpty();
    assertThat(pace.width()).isEqualTo(1);
    assertThat(pace.isWorthRemembering(NOW.plus(REST))).isTrue();
    pace.heard(Reaction.TOOK, NOW.plus(REST));
    assertThat(pace.width()).as("it is back").isEqualTo(2);
  }

  @Test
  void aRateIsKept() {
    var slow = new Pace(new Terms(5, 20, OptionalInt.of(60), REST));
    int begun = 0;
    for (var now = NOW; now.isBefore(NOW.plusSeconds(60)); now = now.plusMillis(100)) {
      while (!now.isBefore(slow.notBefore())) {
        slow.begun(now);
        begun++;
      }
    }
    assertThat(begun).isBetween(60, 62);
  }

  @Test
  void aNewOneHasNothingToRemember() {
    assertThat(pace.isWorthRemembering(NOW)).isFalse();
    takes(10);
    assertThat(pace.isWorthRemembering(NOW)).isFalse();
    pace.heard(STRAINED, NOW);
    assertThat(pace.isWorthRemembering(NOW)).isTrue();
  }
}
