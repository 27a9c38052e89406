package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.queue.Serving.Helping;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServingTest {
  private static Turn turn(long account, int urgency) {
    return new Turn("example.net", account, urgency);
  }

  @Test
  void oneCustomerGetsAll() {
    var serving = new Serving(Map.of(), 100, 0);
    assertThat(serving.helpings(List.of(turn(1, 0)))).containsExactly(new Helping(turn(1, 0), 100));
    assertThat(serving.helpings(List.of())).isEmpty();
  }

  @Test
  void whoHasEnoughWaitingGetsNothingAndTheOtherItsPart() {
    var serving = new Serving(Map.of(turn(1, 20), 100), 100, 0);
    assertThat(serving.helpings(List.of(turn(1, 20), turn(2, 0))))
        .containsExactly(new Helping(turn(2, 0), 50));
  }

  @Test
  void somebodyWhoOnlyWaitsCountsToo() {
    var serving = new Serving(Map.of(turn(1, 0), 10), 100, 0);
    assertThat(serving.helpings(List.of(turn(2, 0)))).containsExactly(new Helping(turn(2, 0), 50));
  }

  @Test
  void urgentMailIsClaimedThoughTheSameCustomersBulkWaits() {
    var serving = new Serving(Map.of(turn(1, 20), 100), 100, 0);
    assertThat(serving.helpings(List.of(turn(1, 0), turn(1, 20))))
        .containsExactly(new Helping(turn(1, 0), 100));
  }

  @Test
  void bulkGetsWhatUrgentMailLeaves() {
    var serving = new Serving(Map.of(turn(1, 0), 30), 100, 0);
    assertThat(serving.helpings(List.of(turn(1, 0), turn(1, 20))))
        .containsExactly(new Helping(turn(1, 0), 70));
    assertThat(serving.helpings(List.of(turn(1, 20))))
        .containsExactly(new Helping(turn(1, 20), 70));
  }

  @Test
  void ofManyCustomersThoseBehindTheLastOneComeFirst() {
    var due = IntStream.range(0, 10).mapToObj(account -> turn(account, 0)).toList();
    var first = new Serving(Map.of(), 4, 9).helpings(due);
    assertThat(first).extracting(h -> h.turn().account()).containsExactly(0L, 1L, 2L, 3L);
    var second = new Serving(Map.of(), 4, 3).helpings(due);
    assertThat(second).extracting(h -> h.turn().account()).containsExactly(4L, 5L, 6L, 7L);
    var third = new Serving(Map.of(), 4, 7).helpings(due);
    assertThat(third).extracting(h -> h.turn().account()).containsExactly(8L, 9L, 0L, 1L);
  }

  @Test
  void neverMoreThanThereIsRoomFor() {
    var due = IntStream.range(0, 7).mapToObj(account -> turn(account, 0)).toList();
    var helpings = new Serving(Map.of(), 100, 0).helpings(due);
    assertThat(helpings).hasSize(7).allMatch(h -> h.entries() == 14);
  }
}
