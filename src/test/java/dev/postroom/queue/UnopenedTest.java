package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnopenedTest {
  private final Unopened unopened = new Unopened(3);

  private static Turn turn(String destination, long account) {
    return new Turn(destination, account, 0);
  }

  @Test
  void customersTakeTurnsAndNothingIsThereTwice() {
    unopened.add(turn("a.example", 1));
    unopened.add(turn("a.example", 1));
    unopened.add(turn("b.example", 1));
    unopened.add(turn("c.example", 2));
    assertThat(unopened.poll(_ -> true)).isEqualTo(turn("a.example", 1));
    assertThat(unopened.poll(_ -> true)).isEqualTo(turn("c.example", 2));
    assertThat(unopened.poll(account -> account == 2)).isNull();
    assertThat(unopened.poll(_ -> true)).isEqualTo(turn("b.example", 1));
    assertThat(unopened.poll(_ -> true)).isNull();
    assertThat(unopened.hasForgotten()).isFalse();
  }

  @Test
  void whatItCouldNotRememberIsSaidOnceItIsEmpty() {
    for (int i = 0; i < 4; i++) {
      unopened.add(turn("d" + i + ".example", 1));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(unopened.hasForgotten()).isFalse();
      unopened.poll(_ -> true);
    }
    assertThat(unopened.hasForgotten()).isTrue();
    assertThat(unopened.hasForgotten()).isFalse();
  }
}
