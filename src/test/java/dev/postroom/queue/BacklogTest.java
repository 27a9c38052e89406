package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final Turn BULK = new Turn("example.net", 1, 20);
  private static final Turn QUICK = new Turn("example.net", 1, 0);
  private static final Turn OTHER = new Turn("example.net", 2, 0);

  private final Backlog backlog = new Backlog();

  private List<Turn> pollAll() {
    var turns = new ArrayList<Turn>();
    while (!backlog.isEmpty()) {
      turns.add(Objects.requireNonNull(backlog.poll(_ -> true)).first().turn());
    }
    return turns;
  }

  @Test
  void customersTakeTurns() {
    backlog.add(TestEntries.parcels(BULK, 4));
    backlog.add(TestEntries.parcels(OTHER, 2));
    assertThat(pollAll()).containsExactly(BULK, OTHER, BULK, OTHER, BULK, BULK);
    assertThat(backlog.entries()).isZero();
  }

  @Test
  void whatIsUrgentGoesBeforeTheRestOfTheSameCustomer() {
    backlog.add(TestEntries.parcels(BULK, 2));
    assertThat(backlog.has(1, 20)).isTrue();
    assertThat(backlog.has(1, 0)).isFalse();
    backlog.add(TestEntries.parcels(QUICK, 1));
    assertThat(backlog.has(1, 0)).isTrue();
    assertThat(pollAll()).containsExactly(QUICK, BULK, BULK);
  }

  @Test
  void whatIsAsUrgentGoesInTheOrderItCame() {
    var parcels = TestEntries.parcels(QUICK, 50);
    backlog.add(parcels);
    var polled = new ArrayList<Parcel>();
    while (!backlog.isEmpty()) {
      polled.add(backlog.poll(_ -> true));
    }
    assertThat(polled).isEqualTo(parcels);
  }

  @Test
  void whoMayNotIsPassedOver() {
    backlog.add(TestEntries.parcels(BULK, 2));
    backlog.add(TestEntries.parcels(OTHER, 1));
    assertThat(backlog.poll(account -> account == 2)).isNotNull();
    assertThat(backlog.poll(account -> account == 2)).isNull();
    assertThat(backlog.parcels()).isEqualTo(2);
  }

  @Test
  void itCountsWhatIsTakenOut() {
    backlog.add(TestEntries.parcels(BULK, 3));
    backlog.add(TestEntries.parcels(OTHER, 2));
    assertThat(backlog.waiting()).isEqualTo(Map.of(BULK, 3, OTHER, 2));
    assertThat(backlog.poll(account -> account == 1)).isNotNull();
    assertThat(backlog.waiting()).isEqualTo(Map.of(BULK, 2, OTHER, 2));
    assertThat(backlog.parcels()).isEqualTo(4);
    assertThat(backlog.drain()).hasSize(4);
    assertThat(backlog.waiting()).isEmpty();
    assertThat(backlog.entries()).isZero();
  }
}
