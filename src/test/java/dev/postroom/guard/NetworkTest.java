package dev.postroom.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.77/24, 192.0.2.0/24",
    "192.0.2.77, 192.0.2.77",
    "192.0.2.77/32, 192.0.2.77",
    "0.0.0.0/0, 0.0.0.0/0",
    "255.255.255.255/1, 128.0.0.0/1",
    "2001:db8:1:2:3:4:5:6/64, 2001:db8:1:2:0:0:0:0/64",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "2001:db8::ffff/127, 2001:db8:0:0:0:0:0:fffe/127",
    "::/0, 0:0:0:0:0:0:0:0/0",
    "::ffff:192.0.2.1, 192.0.2.1"
  })
  void whatIsReadIsWrittenInOneForm(String notation, String canonical) {
    assertThat(Network.parse(notation)).hasToString(canonical);
    assertThat(Network.parse(canonical)).isEqualTo(Network.parse(notation));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2", "::/129", "1.2.3.4/x"})
  void whatIsNoNetworkIsSaidSo(String notation) {
    assertThatThrownBy(() -> Network.parse(notation)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClientIsAnAddressOrAnIpv6NetworkOf64Bits() {
    assertThat(Network.client(InetAddress.ofLiteral("192.0.2.7"))).hasToString("192.0.2.7");
    assertThat(Network.client(InetAddress.ofLiteral("2001:db8::5:1")))
        .isEqualTo(Network.client(InetAddress.ofLiteral("2001:db8::9")))
        .hasToString("2001:db8:0:0:0:0:0:0/64");
  }

  @Test
  void theNarrowestNetworkIsFound() {
    var table = new NetworkTable<String>();
    table.put(Network.parse("10.0.0.0/8"), "wide");
    table.put(Network.parse("10.1.0.0/16"), "narrow");
    table.put(Network.parse("::/0"), "six");
    assertThat(table.find(InetAddress.ofLiteral("10.1.2.3"), _ -> true)).contains("narrow");
    assertThat(table.find(InetAddress.ofLiteral("10.2.2.3"), _ -> true)).contains("wide");
    assertThat(table.find(InetAddress.ofLiteral("11.2.2.3"), _ -> true)).isEmpty();
    assertThat(table.find(InetAddress.ofLiteral("2001:db8::1"), _ -> true)).contains("six");
    assertThat(table.find(InetAddress.ofLiteral("10.1.2.3"), value -> !value.equals("narrow")))
        .contains("wide");
  }
}
