package dev.postroom.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.ServerConfig;
import dev.postroom.testing.Settings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ScramKeysTest {
  /** The conversation of RFC 7677 §3. */
  private static final String AUTH_MESSAGE =
      "n=user,r=rOprNGfwEbeRWgbNEkqO,"
          + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
          + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
          + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  @Test
  void theExampleOfTheRfcHolds() {
    var keys = ScramKeys.derive("pencil", base64("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);
    var proof = base64("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    assertThat(keys.proves(proof, AUTH_MESSAGE)).isTrue();
    assertThat(keys.serverSignature(AUTH_MESSAGE))
        .isEqualTo(base64("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    assertThat(keys.proves(proof, AUTH_MESSAGE + "x")).isFalse();
    proof[31] ^= 1;
    assertThat(keys.proves(proof, AUTH_MESSAGE)).isFalse();
    assertThat(keys.proves(new byte[0], AUTH_MESSAGE)).isFalse();
    assertThat(keys.proves(new byte[33], AUTH_MESSAGE)).isFalse();
  }

  @Test
  void passwordsThatSaslPrepMakesEqualHaveEqualKeys() {
    var salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    var composed = ScramKeys.derive("p\u00e4ss IX", salt, 4096);
    var other = ScramKeys.derive("pa\u0308ss\u00a0\u2168", salt, 4096); // RFC 4013 §3
    assertThat(other.storedKey()).isEqualTo(composed.storedKey());
    assertThat(ScramKeys.derive("\u0007", salt, 4096).storedKey())
        .isNotEqualTo(composed.storedKey());
  }

  private static ScramVault vault(String secret, String... settings) {
    return new ScramVault(
        Settings.of(AuthConfig.class, settings),
        Settings.of(ServerConfig.class, "postroom.server.secret", secret),
        new SecureRandom());
  }

  @Test
  void sealedKeysOpenForTheirNameAndUnderTheirSecretOnly() {
    var vault = vault("a secret of the server, thirty-two long");
    var keys = vault.derive("ann@a.test", "sesame");
    var text = vault.seal("ann@a.test", keys);
    assertThat(text.length()).isLessThanOrEqualTo(255);
    var opened = vault.open("ann@a.test", text).orElseThrow();
    assertThat(opened.storedKey()).isEqualTo(keys.storedKey());
    assertThat(opened.serverKey()).isEqualTo(keys.serverKey());
    assertThat(opened.salt()).isEqualTo(keys.salt());
    assertThat(opened.iterations()).isEqualTo(32768);
    assertThat(vault.open("ben@a.test", text)).isEmpty();
    assertThat(vault("another secret of the same server....").open("ann@a.test", text)).isEmpty();
    for (var nonsense : new String[] {"", "AAAA", "?", text.substring(8), "A" + text}) {
      assertThat(vault.open("ann@a.test", nonsense)).isEmpty();
    }
  }

  @Test
  void theSaltOfANameIsAlwaysTheSameAndThatOfAnotherIsNot() {
    var vault = vault("a secret of the server, thirty-two long");
    var ann = vault.derive("ann@a.test", "sesame");
    assertThat(vault.strangers("ann@a.test").salt()).isEqualTo(ann.salt()).hasSize(16);
    assertThat(vault.strangers("ann@a.test").iterations()).isEqualTo(ann.iterations());
    assertThat(vault.strangers("ben@a.test").salt()).isNotEqualTo(ann.salt());
  }

  @Test
  void fewerRoundsThanTheRfcAsksForAreNotTaken() {
    var vault = vault("a secret", "postroom.auth.scram.iterations", "1");
    assertThat(vault.strangers("ann@a.test").iterations()).isEqualTo(4096);
  }
}
