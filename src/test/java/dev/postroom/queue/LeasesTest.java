package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final Leases leases = new Leases();
  private final Entry entry = TestEntries.entry(new Turn("example.net", 1, 0));

  @Test
  void anEntryIsBegunOnceAndOnlyWhileItIsHeld() {
    leases.take(List.of(entry), NOW.plusSeconds(60));
    assertThat(leases.begin(entry, NOW.plusSeconds(59))).isTrue();
    assertThat(leases.begin(entry, NOW.plusSeconds(59))).isFalse();
    leases.drop(List.of(entry.id()));
    leases.take(List.of(entry), NOW.plusSeconds(60));
    assertThat(leases.begin(entry, NOW.plusSeconds(60))).isFalse();
  }

  @Test
  void whatWaitsSinceBeforeARerouteIsNotSentTheOldWay() {
    leases.take(List.of(entry), NOW.plusSeconds(60));
    assertThat(leases.withdraw(List.of(entry.id()))).containsExactly(entry.id());
    var rerouted = TestEntries.at(entry, "=192.0.2.7:2525");
    leases.take(List.of(rerouted), NOW.plusSeconds(60));
    assertThat(leases.begin(entry, NOW)).isFalse();
    assertThat(leases.begin(rerouted, NOW)).isTrue();
  }
}
