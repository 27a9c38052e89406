package dev.postroom.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.auth.SaslExchange.Step;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaslExchangeTest {
  private static SaslExchange of(String mechanism) {
    return SaslExchange.of(mechanism).orElseThrow();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String challenge(Step step) {
    assertThat(step).isInstanceOf(Step.Challenge.class);
    return new String(((Step.Challenge) step).octets(), StandardCharsets.US_ASCII);
  }

  @Test
  void mechanismsAreNamedInAnyCaseOfLetters() {
    assertThat(SaslExchange.of("plain")).isPresent();
    assertThat(SaslExchange.of("Login")).isPresent();
    assertThat(SaslExchange.of("CRAM-MD5")).isEmpty();
    assertThat(SaslExchange.of("")).isEmpty();
  }

  @Test
  void plainTellsAllAtOnce() {
    assertThat(challenge(of("PLAIN").begin())).isEmpty();
    assertThat(of("PLAIN").next(octets("\0ann@alpha.test\0sesame")))
        .isEqualTo(new Step.Credentials("ann@alpha.test", "sesame"));
    assertThat(of("PLAIN").next(octets("\0jörg@alpha.test\0pässwört €")))
        .isEqualTo(new Step.Credentials("jörg@alpha.test", "pässwört €"));
  }

  @Test
  void plainActsAsNobodyElse() {
    assertThat(of("PLAIN").next(octets("ANN\0ann\0sesame")))
        .isEqualTo(new Step.Credentials("ann", "sesame"));
    assertThat(of("PLAIN").next(octets("ben\0ann\0sesame"))).isInstanceOf(Step.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ann", "ann\0sesame", "\0ann\0", "\0\0sesame", "\0ann\0ses\0ame"})
  void whatIsNotPlainIsMalformed(String text) {
    assertThat(of("PLAIN").next(octets(text))).isInstanceOf(Step.Malformed.class);
  }

  @Test
  void octetsThatAreNotUtf8AreMalformed() {
    assertThat(of("PLAIN").next(new byte[] {0, 'a', 0, (byte) 0xff}))
        .isInstanceOf(Step.Malformed.class);
    assertThat(of("LOGIN").next(new byte[] {(byte) 0xc3})).isInstanceOf(Step.Malformed.class);
  }

  @Test
  void loginAsksTwice() {
    var login = of("LOGIN");
    assertThat(challenge(login.begin())).isEqualTo("Username:");
    assertThat(challenge(login.next(octets("ann@alpha.test")))).isEqualTo("Password:");
    assertThat(login.next(octets("sesame")))
        .isEqualTo(new Step.Credentials("ann@alpha.test", "sesame"));
  }

  @Test
  void loginTakesTheNameAsInitialResponse() {
    var login = of("LOGIN");
    assertThat(challenge(login.next(octets("ann@alpha.test")))).isEqualTo("Password:");
    assertThat(login.next(octets("sesame")))
        .isEqualTo(new Step.Credentials("ann@alpha.test", "sesame"));
  }

  @Test
  void loginWithoutANameOrPasswordIsMalformed() {
    assertThat(of("LOGIN").next(octets(""))).isInstanceOf(Step.Malformed.class);
    var login = of("LOGIN");
    login.next(octets("ann"));
    assertThat(login.next(octets(""))).isInstanceOf(Step.Malformed.class);
  }
}
