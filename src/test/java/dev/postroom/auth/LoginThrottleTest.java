package dev.postroom.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final String ANN = "ann@alpha.test";

  private final Stopwatch clock = new Stopwatch();
  private final LoginThrottle throttle =
      new LoginThrottle(
          Settings.of(
              AuthConfig.class,
              Map.of(
                  "postroom.auth.throttle.address-failures", "5",
                  "postroom.auth.throttle.name-failures", "8",
                  "postroom.auth.throttle.name-failures-from-address", "3")),
          clock);

  private static InetAddress at(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  private void fail(int times, String name, String address) {
    for (int i = 0; i < times; i++) {
      throttle.failed(name, at(address));
    }
  }

  private boolean isOpen(String name, String address) {
    return throttle.pause(name, at(address)).isEmpty();
  }

  @Test
  void aNameIsClosedToAnAddressAtTheLimit() {
    fail(2, ANN, "192.0.2.1");
    assertThat(isOpen(ANN, "192.0.2.1")).isTrue();
    fail(1, ANN, "192.0.2.1");
    assertThat(isOpen(ANN, "192.0.2.1")).isFalse();
    assertThat(isOpen(ANN, "192.0.2.2")).isTrue();
    assertThat(isOpen("ben@alpha.test", "192.0.2.1")).isTrue();
  }

  @Test
  void anAddressThatTriesManyNamesIsClosedAtTheLimit() {
    for (int i = 0; i < 4; i++) {
      fail(1, "name" + i, "192.0.2.1");
    }
    assertThat(isOpen(ANN, "192.0.2.1")).isTrue();
    fail(1, "name4", "192.0.2.1");
    assertThat(isOpen(ANN, "192.0.2.1")).isFalse();
    assertThat(isOpen(ANN, "192.0.2.2")).isTrue();
  }

  @Test
  void aNameThatManyAddressesTryIsClosedAtTheLimit() {
    for (int i = 0; i < 8; i++) {
      assertThat(isOpen(ANN, "203.0.113.1")).isTrue();
      fail(1, ANN, "192.0.2." + i);
    }
    assertThat(isOpen(ANN, "203.0.113.1")).isFalse();
    assertThat(isOpen("ben@alpha.test", "203.0.113.1")).isTrue();
  }

  @Test
  void strangersDoNotLockTheOwnerOut() {
    throttle.succeeded(ANN, at("203.0.113.1"));
    for (int i = 0; i < 100; i++) {
      fail(1, ANN, "192.0.2." + i);
    }
    assertThat(isOpen(ANN, "203.0.113.1")).isTrue();
    assertThat(isOpen(ANN, "203.0.113.2")).isFalse();
  }

  @Test
  void neighboursBehindOneAddressDoNotLockTheOwnerOut() {
    throttle.succeeded(ANN, at("203.0.113.1"));
    fail(50, "somebody-else", "203.0.113.1");
    assertThat(isOpen(ANN, "203.0.113.1")).isTrue();
    assertThat(isOpen("third@alpha.test", "203.0.113.1")).isFalse();
  }

  @Test
  void theOwnersPlaceGuessesNoLongerThanOthers() {
    throttle.succeeded(ANN, at("203.0.113.1"));
    fail(2, ANN, "203.0.113.1");
    assertThat(isOpen(ANN, "203.0.113.1")).isTrue();
    fail(1, ANN, "203.0.113.1");
    assertThat(isOpen(ANN, "203.0.113.1")).isFalse();
  }

  @Test
  void aGoodLoginForgivesTheTypingErrorsBeforeItButNotTheAddress() {
    fail(2, ANN, "192.0.2.1");
    throttle.succeeded(ANN, at("192.0.2.1"));
    fail(2, ANN, "192.0.2.1");
    assertThat(isOpen(ANN, "192.0.2.1")).isTrue();
    fail(1, "ben@alpha.test", "192.0.2.1");
    assertThat(isOpen("cho@alpha.test", "192.0.2.1")).isFalse();
  }

  @Test
  void theWindowSlides() {
    fail(1, ANN, "192.0.2.1");
    clock.pass(Duration.ofMinutes(4));
    fail(2, ANN, "192.0.2.1");
    assertThat(throttle.pause(ANN, at("192.0.2.1"))).contains(Duration.ofMinutes(6));
    clock.pass(Duration.ofMinutes(6).minusSeconds(1));
    assertThat(throttle.pause(ANN, at("192.0.2.1"))).contains(Duration.ofSeconds(1));
    clock.pass(Duration.ofSeconds(1));
    assertThat(isOpen(ANN, "192.0.2.1")).as("the first has left the window").isTrue();
    fail(1, ANN, "192.0.2.1");
    assertThat(throttle.pause(ANN, at("192.0.2.1"))).contains(Duration.ofMinutes(4));
    clock.pass(WINDOW);
    assertThat(isOpen(ANN, "192.0.2.1")).isTrue();
  }

  @Test
  void aWholeIpv6NetworkIsOneAddress() {
    fail(1, "a", "2001:db8:0:1::1");
    fail(2, "b", "2001:db8:0:1:ffff::1");
    fail(2, "c", "2001:db8:0:1::2");
    assertThat(isOpen(ANN, "2001:db8:0:1::3")).isFalse();
    assertThat(isOpen(ANN, "2001:db8:0:2::3")).isTrue();
  }
}
