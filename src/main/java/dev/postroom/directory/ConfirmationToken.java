package dev.postroom.directory;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret in a link that asks: chance, and a signature by which what we never made is told
 * without asking the database. The database knows the hash.
 */
final class ConfirmationToken {
  private static final int RANDOM_OCTETS = 24;
  private static final int SIGNATURE_OCTETS = 15; // together without a remainder in Base64

  private final SecretKeySpec key;

  ConfirmationToken(String secret) {
    key =
        new SecretKeySpec(
            ("confirmation " + secret).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  String next(RandomGenerator random) {
    var octets = new byte[RANDOM_OCTETS];
    random.nextBytes(octets);
    var whole = Arrays.copyOf(octets, RANDOM_OCTETS + SIGNATURE_OCTETS);
    System.arraycopy(signature(octets), 0, whole, RANDOM_OCTETS, SIGNATURE_OCTETS);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /** How the database knows the token; empty when we did not make it. */
  Optional<byte[]> hash(String token) {
    byte[] whole;
    try {
      whole = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    if (whole.length != RANDOM_OCTETS + SIGNATURE_OCTETS) {
      return Optional.empty();
    }
    var signed = Arrays.copyOfRange(whole, RANDOM_OCTETS, whole.length);
    return MessageDigest.isEqual(signature(Arrays.copyOf(whole, RANDOM_OCTETS)), signed)
        ? Optional.of(sha256(token))
        : Optional.empty();
  }

  private byte[] signature(byte[] octets) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(octets), SIGNATURE_OCTETS);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has HmacSHA256", missing);
    }
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }
}
