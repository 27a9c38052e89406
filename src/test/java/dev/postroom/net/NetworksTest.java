package dev.postroom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "0.0.0.0/0, 198.51.100.1, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "127.0.0.0/8, ::ffff:127.0.0.1, true",
  })
  void anAddressIsInItsNetworkOnly(String network, String address, boolean contained) {
    var networks = Networks.parse(List.of(network));
    assertThat(networks.contains(InetAddress.ofLiteral(address))).isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2/x", "::/129", "/8"})
  void whatIsNoNetworkIsNamedInTheComplaint(String notation) {
    assertThatThrownBy(() -> Networks.parse(List.of("::1", notation)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a network")
        .hasMessageEndingWith(": " + notation);
  }
}
