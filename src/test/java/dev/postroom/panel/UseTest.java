package dev.postroom.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.directory.PlanLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UseTest {
  @ParameterizedTest
  @CsvSource({
    "0,10,0,''",
    "79,100,79,''",
    "80,100,80,warn",
    "94,100,94,warn",
    "95,100,95,bad",
    "12,10,100,bad",
    "0,0,100,bad"
  })
  void theBarWarnsBeforeItIsFull(long used, long limit, int percent, String tone) {
    var use = Use.ofCount(used, limit);
    assertThat(use.percent()).isEqualTo(percent);
    assertThat(use.tone()).isEqualTo(tone);
  }

  @Test
  void hugeNumbersDoNotOverflow() {
    assertThat(Use.ofOctets(1L << 60, 1L << 61).percent()).isEqualTo(50);
  }

  @Test
  void withoutALimitThereIsNoBar() {
    var use = Use.ofCount(5000, PlanLimits.UNLIMITED);
    assertThat(use.isLimited()).isFalse();
    assertThat(use.text()).isEqualTo("5,000");
  }
}
