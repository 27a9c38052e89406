package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.outbound.TestOutbound;
import dev.postroom.testing.Settings;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationsTest {
  @TempDir Path folder;

  private static Destinations destinations(TestOutbound outbound, String... settings) {
    return new Destinations(outbound.sites, Settings.of(QueueConfig.class, settings));
  }

  @Test
  void domainsWithTheSameServersAreOne() throws Exception {
    try (var outbound = new TestOutbound(folder)) {
      outbound.dns.mx("one.example", 10, "mx1.provider.example");
      outbound.dns.mx("one.example", 20, "mx2.provider.example");
      outbound.dns.mx("two.example", 20, "MX1.provider.example");
      outbound.dns.mx("two.example", 20, "mx2.provider.example");
      outbound.dns.mx("three.example", 10, "mx1.provider.example");
      var destinations = destinations(outbound);
      var one = destinations.route("one.example");
      assertThat(destinations.route("two.example")).isEqualTo(one);
      assertThat(destinations.route("three.example")).isNotEqualTo(one);
      assertThat(one.terms().most()).isEqualTo(20);
      assertThat(one.terms().perMinute()).isEmpty();
    }
  }

  @Test
  void aDomainWhoseServersAreNotKnownIsOneByItself() throws Exception {
    try (var outbound = new TestOutbound(folder)) {
      var destinations = destinations(outbound);
      assertThat(destinations.route("none.example").site()).isEqualTo("none.example");
      assertThat(destinations.route("[192.0.2.1]").site()).isEqualTo("[192.0.2.1]");
    }
  }

  @Test
  void whatIsReroutedIsOneWithWhatGoesToTheSameHost() throws Exception {
    try (var outbound = new TestOutbound(folder)) {
      var destination = Reroute.destination("relay.example:25");
      assertThat(destinations(outbound).route(destination).site()).isEqualTo("relay.example:25");
    }
  }

  @Test
  void limitsAreSetForADomainOrForItsServers() throws Exception {
    try (var outbound = new TestOutbound(folder)) {
      outbound.dns.mx("one.example", 10, "mx1.provider.example");
      outbound.dns.mx("two.example", 10, "mx2.provider.example");
      outbound.dns.mx("three.example", 10, "mx.notprovider.example");
      var destinations =
          destinations(
              outbound,
              "postroom.queue.destinations.\"provider.example\".workers",
              "3",
              "postroom.queue.destinations.\"provider.example\".messages-per-minute",
              "60",
              "postroom.queue.destinations.\"three.example\".workers",
              "50");
      var one = destinations.route("one.example");
      assertThat(one.terms().first()).isEqualTo(3);
      assertThat(one.terms().most()).isEqualTo(3);
      assertThat(one.terms().perMinute()).isEqualTo(OptionalInt.of(60));
      assertThat(destinations.route("two.example")).as("together").isEqualTo(one);
      assertThat(destinations.route("three.example").terms().most()).isEqualTo(50);
    }
  }

  @Test
  void aDestinationThatIsDownRestsForHalfOfTheFirstPauseAtMost() throws Exception {
    try (var outbound = new TestOutbound(folder)) {
      var destinations = destinations(outbound, "postroom.queue.retry-pauses", "10s,1m");
      assertThat(destinations.route("one.example").terms().restWhenDown()).hasSeconds(5);
    }
  }
}
