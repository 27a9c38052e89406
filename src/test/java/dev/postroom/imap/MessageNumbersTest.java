package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.imap.syntax.SequenceSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MessageNumbersTest {
  private static MessageNumbers of(long... uids) {
    var numbers = new MessageNumbers();
    for (long uid : uids) {
      numbers.add(uid, Set.of("\\Seen"));
    }
    return numbers;
  }

  private static SequenceSet range(long first, long last) {
    return new SequenceSet(List.of(new SequenceSet.Range(first, last)));
  }

  @Test
  void largeUidsAreNotNegative() {
    var numbers = of(1, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL);
    assertThat(numbers.lastUid()).isEqualTo(0xffff_ffffL);
    assertThat(numbers.number(0x8000_0000L)).isEqualTo(3);
    assertThat(numbers.ofUids(range(2, SequenceSet.LAST))).containsExactly(2, 3, 4);
  }

  @Test
  void aRangeToTheLastUidHasTheLastMessageAtLeast() {
    assertThat(of(3, 5).ofUids(range(9, SequenceSet.LAST))).containsExactly(2);
    assertThat(of().ofUids(range(1, SequenceSet.LAST))).isEmpty();
  }

  @Test
  void onlyNumbersInUseAreThere() {
    var numbers = of(3, 5);
    assertThat(numbers.hasAll(range(1, 2))).isTrue();
    assertThat(numbers.hasAll(range(1, 3))).isFalse();
    assertThat(numbers.hasAll(range(3, 1))).isFalse();
    assertThat(numbers.hasAll(range(7, SequenceSet.LAST))).isTrue();
    assertThat(numbers.ofNumbers(range(7, SequenceSet.LAST))).containsExactly(2);
    assertThat(of().hasAll(range(1, SequenceSet.LAST))).isTrue();
    assertThat(of().ofNumbers(range(1, SequenceSet.LAST))).isEmpty();
    assertThat(of().hasAll(range(1, 1))).isFalse();
  }

  @Test
  void removedMessagesAreToldOneByOne() {
    var numbers = of(1, 2, 3, 4, 5);
    assertThat(numbers.remove(Set.of(2L, 3L, 5L, 99L))).containsExactly(2, 2, 3);
    assertThat(numbers.count()).isEqualTo(2);
    assertThat(numbers.uid(2)).isEqualTo(4);
  }

  /** A client that follows the EXPUNGE responses has the same UIDs in the same places. */
  @Property
  void aClientThatFollowsIsLeftWithTheSame(
      @ForAll @Size(max = 30) Set<@IntRange(min = 1, max = 60) Integer> uids,
      @ForAll @Size(max = 30) Set<@IntRange(min = 1, max = 60) Integer> gone) {
    var client = new ArrayList<Long>();
    new TreeSet<>(uids).forEach(uid -> client.add(Long.valueOf(uid)));
    var numbers = of(client.stream().mapToLong(Long::longValue).toArray());
    var told =
        numbers.remove(
            gone.stream().map(Long::valueOf).collect(java.util.stream.Collectors.toSet()));
    Arrays.stream(told).forEach(number -> client.remove(number - 1));
    var left = new ArrayList<Long>();
    for (int number = 1; number <= numbers.count(); number++) {
      left.add(numbers.uid(number));
      assertThat(numbers.number(numbers.uid(number))).isEqualTo(number);
    }
    assertThat(left).isEqualTo(client);
    assertThat(client).noneMatch(uid -> gone.contains(uid.intValue()));
  }
}
