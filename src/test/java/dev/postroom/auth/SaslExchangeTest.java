package dev.postroom.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.auth.SaslExchange.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaslExchangeTest {
  private final List<String> checked = new ArrayList<>();

  private SaslExchange of(String mechanism) {
    Sasl.PasswordCheck check =
        (name, password) -> {
          checked.add(name + " " + password);
          return new LoginResult.Wrong();
        };
    return mechanism.equals("PLAIN") ? new PlainExchange(check) : new LoginExchange(check);
  }

  private void assertChecked(Step step, String nameAndPassword) {
    assertThat(step).isEqualTo(new Step.Done(new LoginResult.Wrong()));
    assertThat(checked.removeLast()).isEqualTo(nameAndPassword);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String challenge(Step step) {
    assertThat(step).isInstanceOf(Step.Challenge.class);
    return new String(((Step.Challenge) step).octets(), StandardCharsets.US_ASCII);
  }

  @Test
  void plainTellsAllAtOnce() {
    assertThat(challenge(of("PLAIN").begin())).isEmpty();
    assertChecked(of("PLAIN").next(octets("\0ann@alpha.test\0sesame")), "ann@alpha.test sesame");
    assertChecked(
        of("PLAIN").next(octets("\0jörg@alpha.test\0pässwört €")), "jörg@alpha.test pässwört €");
  }

  @Test
  void plainActsAsNobodyElse() {
    assertChecked(of("PLAIN").next(octets("ANN\0ann\0sesame")), "ann sesame");
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
    assertChecked(login.next(octets("sesame")), "ann@alpha.test sesame");
  }

  @Test
  void loginTakesTheNameAsInitialResponse() {
    var login = of("LOGIN");
    assertThat(challenge(login.next(octets("ann@alpha.test")))).isEqualTo("Password:");
    assertChecked(login.next(octets("sesame")), "ann@alpha.test sesame");
  }

  @Test
  void loginWithoutANameOrPasswordIsMalformed() {
    assertThat(of("LOGIN").next(octets(""))).isInstanceOf(Step.Malformed.class);
    var login = of("LOGIN");
    login.next(octets("ann"));
    assertThat(login.next(octets(""))).isInstanceOf(Step.Malformed.class);
  }
}
