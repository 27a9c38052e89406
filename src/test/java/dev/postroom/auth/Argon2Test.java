package dev.postroom.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class Argon2Test {
  private final Argon2 cheap = new Argon2(1024, 1, 1);
  private final SecureRandom random = new SecureRandom();

  @Test
  void aHashThatTheReferenceImplementationMadeIsVerified() {
    var reference =
        new PasswordHash(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
                + "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
    assertThat(Argon2.verify(reference, "password")).isTrue();
    assertThat(Argon2.verify(reference, "Password")).isFalse();
  }

  @Test
  void libsodiumMakesTheHashesThatJavaMakes() {
    var sodium = Sodium.installed();
    assumeThat(sodium).as("libsodium is installed").isPresent();
    for (var parameters :
        List.of(new Argon2(19456, 2, 1), new Argon2(1024, 1, 1), new Argon2(8, 3, 1))) {
      for (var password : List.of("", "plover", "caf\u00e9", "p".repeat(300))) {
        var salt = new byte[16];
        random.nextBytes(salt);
        var octets = Argon2.prepared(password);
        assertThat(sodium.get().takes(parameters, salt, 32)).isTrue();
        assertThat(sodium.get().derive(parameters, octets, salt, 32))
            .as("%s of %s", parameters, password)
            .isEqualTo(parameters.deriveInJava(octets, salt, 32));
      }
    }
  }

  @Test
  void whatLibsodiumDoesNotTakeIsHashedInJava() {
    var sodium = Sodium.installed();
    assumeThat(sodium).as("libsodium is installed").isPresent();
    assertThat(sodium.get().takes(new Argon2(1024, 1, 2), new byte[16], 32)).isFalse();
    assertThat(sodium.get().takes(cheap, new byte[15], 32)).isFalse();
    assertThat(sodium.get().takes(cheap, new byte[16], 15)).isFalse();
    assertThat(sodium.get().takes(new Argon2(7, 1, 1), new byte[16], 32)).isFalse();
    var lanes = new Argon2(1024, 1, 2);
    assertThat(Argon2.verify(lanes.hash("plover", random), "plover")).isTrue();
  }

  @Test
  void ourOwnHashesSayHowTheyWereMade() {
    var hash = cheap.hash("plover", random);
    assertThat(hash.phc()).startsWith("$argon2id$v=19$m=1024,t=1,p=1$");
    assertThat(hash.phc().length()).isLessThan(255);
    assertThat(Argon2.verify(hash, "plover")).isTrue();
    assertThat(Argon2.verify(hash, "plover ")).isFalse();
    assertThat(Argon2.verify(hash, "")).isFalse();
    assertThat(cheap.made(hash)).isTrue();
    assertThat(new Argon2(2048, 1, 1).made(hash)).isFalse();
    assertThat(cheap.hash("plover", random)).as("another salt").isNotEqualTo(hash);
  }

  @Test
  void twoKeyboardsTypeTheSamePassword() {
    var composed = cheap.hash("caf\u00e9 \u00fcber", random);
    assertThat(Argon2.verify(composed, "cafe\u0301\u00a0u\u0308ber")).isTrue();
  }

  @Test
  void whatIsNoHashVerifiesNothing() {
    for (var text :
        new String[] {
          "",
          "plover",
          "$argon2i$v=19$m=1024,t=1,p=1$c29tZXNhbHQ$CTFh",
          "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQ$CTFh",
          "$argon2id$v=19$m=1024,t=1,p=0$c29tZXNhbHQ$CTFh",
          "$2y$10$abcdefghijklmnopqrstuv"
        }) {
      assertThat(Argon2.verify(new PasswordHash(text), "plover")).as(text).isFalse();
    }
  }

  @Test
  void aHashIsNotPrintedByAccident() {
    assertThat(cheap.hash("plover", random).toString()).doesNotContain("$");
  }
}
