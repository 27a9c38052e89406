package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.imap.syntax.SequenceSet;
import dev.postroom.store.FolderViews;
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
    return new MessageNumbers(FolderViews.of(uids));
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
    var later = FolderViews.of(1, 4, 6);
    assertThat(of(1, 2, 3, 4, 5).expungedIn(later)).containsExactly(2, 2, 3);
    assertThat(of(1, 4).expungedIn(later)).isEmpty();
    assertThat(of(2, 3).expungedIn(FolderViews.of())).containsExactly(1, 1);
  }

  @Test
  void numbersInARowAreOneRangeOfUids() {
    var numbers = of(3, 5, 8, 9, 20);
    assertThat(numbers.uids(new int[] {1, 2, 3, 4, 5})).hasToString("3:20");
    assertThat(numbers.uids(new int[] {1, 3, 4})).hasToString("3,8:9");
    assertThat(numbers.uids(new int[] {})).hasToString("");
  }

  /** A client that follows the EXPUNGE responses has the same UIDs in the same places. */
  @Property
  void aClientThatFollowsIsLeftWithTheSame(
      @ForAll @Size(max = 30) Set<@IntRange(min = 1, max = 60) Integer> uids,
      @ForAll @Size(max = 30) Set<@IntRange(min = 1, max = 60) Integer> gone) {
    var client = new ArrayList<Long>();
    new TreeSet<>(uids).forEach(uid -> client.add(Long.valueOf(uid)));
    var left = client.stream().filter(uid -> !gone.contains(uid.intValue())).toList();
    var arrived = new ArrayList<>(left);
    arrived.add(99L);
    var told = of(uids(client)).expungedIn(FolderViews.of(uids(arrived)));
    Arrays.stream(told).forEach(number -> client.remove(number - 1));
    assertThat(left).isEqualTo(client);
  }

  private static long[] uids(List<Long> uids) {
    return uids.stream().mapToLong(Long::longValue).toArray();
  }
}
