package dev.postroom.auth;

import dev.postroom.mail.ServerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes SCRAM keys and seals them for the database, under the server's secret: who has the database
 * alone cannot guess passwords with them, though they are made by a quicker hash than Argon2id.
 *
 * <p>The salt of a name never changes and needs no mailbox (RFC 5802 §5.1 tells it to anybody who
 * asks): who is unknown, has no keys or has new ones looks the same from outside. Only who has keys
 * of another number of rounds than is set now is told that number, and so to be there: only these
 * rounds make the same keys of the password, until it is told at a login and they are made anew.
 */
@ApplicationScoped
class ScramVault {
  static final int MIN_ITERATIONS = 4096; // RFC 7677 §4

  private static final int SALT_OCTETS = 16;
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_BITS = 128;

  private final boolean on;
  private final int iterations;
  private final byte[] saltSecret;
  private final byte[] strangerSecret;
  private final SecretKeySpec sealingKey;
  private final RandomGenerator random;
  private final String nobodys;

  ScramVault(AuthConfig config, ServerConfig server, RandomGenerator random) {
    this.on = config.scram().enabled();
    this.iterations = Math.max(MIN_ITERATIONS, config.scram().iterations());
    var secret = server.secret().getBytes(StandardCharsets.UTF_8);
    this.saltSecret = ScramKeys.hmac(secret, "scram salt");
    this.strangerSecret = ScramKeys.hmac(secret, "scram stranger");
    this.sealingKey = new SecretKeySpec(ScramKeys.hmac(secret, "scram keys"), "AES");
    this.random = random;
    this.nobodys = seal("", strangers(""));
  }

  boolean isOn() {
    return on;
  }

  /** Takes as long as a slow hash. */
  ScramKeys derive(String name, String password) {
    return ScramKeys.derive(password, salt(name), iterations);
  }

  /** Keys that no password has. */
  ScramKeys strangers(String name) {
    var key = ScramKeys.hmac(strangerSecret, name);
    return new ScramKeys(salt(name), iterations, key, key);
  }

  private byte[] salt(String name) {
    return Arrays.copyOf(ScramKeys.hmac(saltSecret, name), SALT_OCTETS);
  }

  boolean isOutdated(ScramKeys keys) {
    return keys.iterations() != iterations;
  }

  /** Text for the database. Opens for the same name only. */
  String seal(String name, ScramKeys keys) {
    var plain =
        ByteBuffer.allocate(Integer.BYTES + 2 * ScramKeys.KEY_OCTETS + keys.salt().length)
            .putInt(keys.iterations())
            .put(keys.storedKey())
            .put(keys.serverKey())
            .put(keys.salt());
    var nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    try {
      var hidden = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(plain.array());
      return Base64.getEncoder()
          .encodeToString(
              ByteBuffer.allocate(nonce.length + hidden.length).put(nonce).put(hidden).array());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Empty when it was sealed for another name or under another secret. */
  Optional<ScramKeys> open(String name, String text) {
    try {
      var octets = Base64.getDecoder().decode(text);
      var nonce = Arrays.copyOf(octets, NONCE_OCTETS);
      var plain =
          ByteBuffer.wrap(
              cipher(Cipher.DECRYPT_MODE, nonce, name)
                  .doFinal(octets, NONCE_OCTETS, octets.length - NONCE_OCTETS));
      int rounds = plain.getInt();
      var storedKey = new byte[ScramKeys.KEY_OCTETS];
      var serverKey = new byte[ScramKeys.KEY_OCTETS];
      plain.get(storedKey).get(serverKey);
      var salt = new byte[plain.remaining()];
      plain.get(salt);
      return Optional.of(new ScramKeys(salt, rounds, storedKey, serverKey));
    } catch (GeneralSecurityException | RuntimeException _) {
      return Optional.empty();
    }
  }

  /** For a name that has none: takes as long as for one that has. */
  Optional<ScramKeys> openNone() {
    return open("", nobodys).filter(_ -> false);
  }

  private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, sealingKey, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
