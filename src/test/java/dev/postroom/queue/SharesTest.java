package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {
  private final Shares shares = new Shares();

  private int takeAllOne(long account, int capacity) {
    int taken = 0;
    while (shares.mayTake(account, capacity)) {
      shares.take(account);
      taken++;
    }
    return taken;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "4, 4", "5, 4", "10, 8", "20, 16", "300, 240"})
  void oneCustomerAloneLeavesAFifthFree(int capacity, int taken) {
    assertThat(takeAllOne(1, capacity)).isEqualTo(taken);
  }

  @Test
  void thereIsSomethingLeftForTheNextOneAgainAndAgain() {
    assertThat(takeAllOne(1, 20)).isEqualTo(16);
    assertThat(takeAllOne(2, 20)).isEqualTo(4);
    assertThat(shares.mayTake(3, 20)).isFalse();
    shares.giveBack(1);
    assertThat(shares.mayTake(1, 20)).as("it had more than others").isFalse();
    assertThat(shares.mayTake(3, 20)).isTrue();
  }

  @Test
  void twoThatTakeInTurnsHaveTheSame() {
    int first = 0;
    int second = 0;
    for (int i = 0; i < 300; i++) {
      if (shares.mayTake(1, 90)) {
        shares.take(1);
        first++;
      }
      if (shares.mayTake(2, 90)) {
        shares.take(2);
        second++;
      }
    }
    assertThat(first).isEqualTo(second).isEqualTo(40);
    assertThat(shares.taken()).isEqualTo(80);
  }

  @Test
  void whenThereIsLessThanIsTakenNobodyGetsMore() {
    takeAllOne(1, 20);
    assertThat(shares.mayTake(2, 5)).isFalse();
  }
}
