package dev.postroom.net;

import static dev.postroom.net.ConnectionLimits.Verdict.ADMITTED;
import static dev.postroom.net.ConnectionLimits.Verdict.TOO_MANY;
import static dev.postroom.net.ConnectionLimits.Verdict.TOO_MANY_FROM_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
  private final ConnectionLimits limits = new ConnectionLimits(4, 2);

  private ConnectionLimits.Verdict admit(String address) {
    return limits.admit(InetAddress.ofLiteral(address));
  }

  private void leave(String address) {
    limits.leave(InetAddress.ofLiteral(address));
  }

  @Test
  void oneClientHasItsLimitAndAllTogetherHaveTheirs() {
    assertThat(admit("192.0.2.1")).isEqualTo(ADMITTED);
    assertThat(admit("192.0.2.1")).isEqualTo(ADMITTED);
    assertThat(admit("192.0.2.1")).isEqualTo(TOO_MANY_FROM_CLIENT);
    assertThat(admit("192.0.2.2")).isEqualTo(ADMITTED);
    assertThat(admit("192.0.2.3")).isEqualTo(ADMITTED);
    assertThat(admit("192.0.2.4")).isEqualTo(TOO_MANY);
    leave("192.0.2.1");
    assertThat(admit("192.0.2.1")).isEqualTo(ADMITTED);
    assertThat(limits.connections()).isEqualTo(4);
  }

  @Test
  void anIpv6ClientIsANetworkOf64Bits() {
    assertThat(admit("2001:db8:1:1::1")).isEqualTo(ADMITTED);
    assertThat(admit("2001:db8:1:1:ffff::2")).isEqualTo(ADMITTED);
    assertThat(admit("2001:db8:1:1::3")).isEqualTo(TOO_MANY_FROM_CLIENT);
    assertThat(admit("2001:db8:1:2::1")).isEqualTo(ADMITTED);
  }

  @Test
  void whoIsGoneIsForgotten() {
    admit("192.0.2.1");
    admit("192.0.2.1");
    admit("192.0.2.1");
    leave("192.0.2.1");
    leave("192.0.2.1");
    assertThat(limits.connections()).isZero();
    assertThat(limits.clients()).isZero();
  }
}
