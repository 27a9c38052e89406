package dev.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UidSetTest {
  private static UidSet.Range range(long first, long last) {
    return new UidSet.Range(first, last);
  }

  @Test
  void rangesThatTouchOrOverlapAreOne() {
    var set =
        new UidSet(List.of(range(7, 9), range(1, 3), range(4, 4), range(2, 3), range(11, 11)));
    assertThat(set).hasToString("1:4,7:9,11");
    assertThat(set.stream()).containsExactly(1L, 2L, 3L, 4L, 7L, 8L, 9L, 11L);
    assertThat(LongStream.rangeClosed(1, 12).filter(set::contains))
        .containsExactly(1L, 2L, 3L, 4L, 7L, 8L, 9L, 11L);
  }

  @Test
  void theLargestUidHasNoSuccessor() {
    var set = new UidSet(List.of(range(5, Long.MAX_VALUE), range(7, 9)));
    assertThat(set.ranges()).containsExactly(range(5, Long.MAX_VALUE));
    assertThat(UidSet.ALL.contains(Long.MAX_VALUE)).isTrue();
  }

  @Test
  void zeroIsNoUid() {
    assertThatThrownBy(() -> range(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> range(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void alargeSetTakesSeveralStatementsInAscendingOrder() {
    var scattered = UidSet.of(LongStream.rangeClosed(1, 5001).map(i -> i * 2).boxed().toList());
    assertThat(UidCondition.of(scattered)).hasSize(2);
    assertThat(
            UidCondition.of(
                UidSet.of(IntStream.range(1, 100_000).mapToObj(Long::valueOf).toList())))
        .hasSize(1);
    assertThat(UidCondition.of(UidSet.EMPTY)).isEmpty();
  }
}
