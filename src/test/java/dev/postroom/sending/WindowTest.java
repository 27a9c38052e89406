package dev.postroom.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.SendingLimits;
import dev.postroom.sending.Window.Amount;
import dev.postroom.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final SendingLimits TWO_AN_HOUR = new SendingLimits(2, -1, -1, -1);
  private static final SendingLimits THREE_A_DAY = new SendingLimits(-1, 3, -1, -1);
  private static final SendingLimits FIVE_RECIPIENTS = new SendingLimits(-1, -1, 5, -1);

  private final TestClock clock = new TestClock();
  private final Window window = new Window(Scope.mailbox(1));

  private Instant now() {
    return clock.instant();
  }

  private void send(int messages, int recipients) {
    var amount = new Amount(messages, recipients);
    window.load(List.of(new Window.Row(window.scope(), Window.hour(now()), amount)));
  }

  @Test
  void whatIsReservedCountsUntilItIsReleased() {
    assertThat(window.reserveMessage(TWO_AN_HOUR, now())).isEmpty();
    assertThat(window.reserveMessage(TWO_AN_HOUR, now())).isEmpty();
    assertThat(window.reserveMessage(TWO_AN_HOUR, now())).contains(Counted.MESSAGES_AN_HOUR);
    window.release(new Amount(1, 0));
    assertThat(window.reserveMessage(TWO_AN_HOUR, now())).isEmpty();
  }

  @Test
  void whatIsSentCountsForItsHourAndForADay() {
    window.reserveMessage(TWO_AN_HOUR, now());
    window.sent(new Amount(1, 0), now());
    assertThat(window.sent(now())).isEqualTo(new Sent(1, 1, 0, 0));
    clock.forward(Duration.ofHours(1));
    assertThat(window.sent(now())).isEqualTo(new Sent(0, 1, 0, 0));
    clock.forward(Duration.ofHours(22));
    assertThat(window.sent(now())).isEqualTo(new Sent(0, 1, 0, 0));
    clock.forward(Duration.ofHours(1));
    assertThat(window.sent(now())).isEqualTo(new Sent(0, 0, 0, 0));
  }

  @Test
  void anHourThatIsFullIsOverWhenTheNextBegins() {
    send(2, 2);
    assertThat(window.reserveMessage(TWO_AN_HOUR, now())).contains(Counted.MESSAGES_AN_HOUR);
    var again = Objects.requireNonNull(window.roomAgain(Counted.MESSAGES_AN_HOUR, 2, now()));
    assertThat(again).isAfter(now());
    assertThat(Window.hour(again)).isEqualTo(Window.hour(now()) + 1);
    clock.forward(Duration.between(now(), again));
    assertThat(window.reserveMessage(TWO_AN_HOUR, now())).isEmpty();
  }

  @Test
  void aDayThatIsFullHasRoomWhenItsFirstMessagesLeaveIt() {
    long first = Window.hour(now());
    window.load(
        List.of(
            new Window.Row(window.scope(), first - 5, new Amount(2, 2)),
            new Window.Row(window.scope(), first, new Amount(1, 1))));
    assertThat(window.reserveMessage(THREE_A_DAY, now())).contains(Counted.MESSAGES_A_DAY);
    var again = Objects.requireNonNull(window.roomAgain(Counted.MESSAGES_A_DAY, 3, now()));
    assertThat(Window.hour(again)).isEqualTo(first + 19);
    clock.forward(Duration.between(now(), again).minusSeconds(1));
    assertThat(window.reserveMessage(THREE_A_DAY, now())).contains(Counted.MESSAGES_A_DAY);
    clock.forward(Duration.ofSeconds(1));
    assertThat(window.reserveMessage(THREE_A_DAY, now())).isEmpty();
  }

  @Test
  void aMessageIsRefusedAtOnceWhenThereIsNoRoomForARecipient() {
    send(1, 5);
    assertThat(window.reserveMessage(FIVE_RECIPIENTS, now())).contains(Counted.RECIPIENTS_AN_HOUR);
  }

  @Test
  void aLimitOfNothingNeverHasRoom() {
    assertThat(window.roomAgain(Counted.MESSAGES_A_DAY, 0, now())).isNull();
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenLater() {
    window.reserveMessage(TWO_AN_HOUR, now());
    window.sent(new Amount(1, 3), now());
    var rows = window.takeUnsaved();
    assertThat(rows).hasSize(1);
    assertThat(window.takeUnsaved()).isEmpty();
    window.notSaved(rows.getFirst());
    window.load(List.of());
    assertThat(window.sent(now())).isEqualTo(new Sent(1, 1, 3, 3));
    assertThat(window.takeUnsaved()).isEqualTo(rows);
  }

  @Test
  void aWindowIsIdleOnlyWhenNothingIsOnItsWay() {
    window.touch(now());
    window.reserveMessage(TWO_AN_HOUR, now());
    var later = now().plusSeconds(60);
    assertThat(window.isIdleSince(later)).isFalse();
    window.release(new Amount(1, 0));
    assertThat(window.isIdleSince(later)).isTrue();
    assertThat(window.isIdleSince(now())).isFalse();
  }
}
