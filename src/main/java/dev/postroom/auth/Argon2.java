package dev.postroom.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) and its PHC strings.
 *
 * @param memoryKib what one hash fills
 */
record Argon2(int memoryKib, int iterations, int parallelism) {
  private static final int SALT_OCTETS = 16; // RFC 9106 §3.1
  private static final int HASH_OCTETS = 32;
  private static final int MAX_MEMORY_KIB = 1 << 20; // what a foreign hash may make us spend
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
  private static final Base64.Encoder TO_TEXT = Base64.getEncoder().withoutPadding();
  private static final Base64.Decoder FROM_TEXT = Base64.getDecoder();

  PasswordHash hash(String password, RandomGenerator random) {
    var salt = new byte[SALT_OCTETS];
    random.nextBytes(salt);
    return new PasswordHash(
        prefix()
            + TO_TEXT.encodeToString(salt)
            + "$"
            + TO_TEXT.encodeToString(derive(password, salt, HASH_OCTETS)));
  }

  private String prefix() {
    return "$argon2id$v=19$m=" + memoryKib + ",t=" + iterations + ",p=" + parallelism + "$";
  }

  /** True for a hash that was made at today's price. */
  boolean made(PasswordHash hash) {
    return hash.phc().startsWith(prefix());
  }

  /** With the parameters that the hash names; false for a string that is no such hash. */
  static boolean verify(PasswordHash hash, String password) {
    var m = PHC.matcher(hash.phc());
    if (!m.matches()) {
      return false;
    }
    var parameters =
        new Argon2(
            Integer.parseInt(m.group(1)),
            Integer.parseInt(m.group(2)),
            Integer.parseInt(m.group(3)));
    if (parameters.memoryKib > MAX_MEMORY_KIB || parameters.parallelism == 0) {
      return false;
    }
    var expected = FROM_TEXT.decode(m.group(5));
    var derived = parameters.derive(password, FROM_TEXT.decode(m.group(4)), expected.length);
    return MessageDigest.isEqual(expected, derived);
  }

  private byte[] derive(String password, byte[] salt, int octets) {
    var prepared = prepared(password);
    return Sodium.installed()
        .filter(sodium -> sodium.takes(this, salt, octets))
        .map(sodium -> sodium.derive(this, prepared, salt, octets))
        .orElseGet(() -> deriveInJava(prepared, salt, octets));
  }

  byte[] deriveInJava(byte[] password, byte[] salt, int octets) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(iterations)
            .withParallelism(parallelism)
            .withSalt(salt)
            .build());
    var derived = new byte[octets];
    generator.generateBytes(password, derived);
    return derived;
  }

  /** RFC 8265 §4.2.2: what two keyboards type for the same password is the same octets. */
  static byte[] prepared(String password) {
    var spaces = password.replaceAll("\\p{Zs}", " ");
    return Normalizer.normalize(spaces, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
  }
}
