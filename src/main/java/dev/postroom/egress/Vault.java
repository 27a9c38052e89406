package dev.postroom.egress;

import dev.postroom.mail.ServerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals the passwords of relay hosts for the database, under a key from the server's secret. */
@ApplicationScoped
class Vault {
  private static final int NONCE_OCTETS = 12;
  private static final int TAG_BITS = 128;
  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec key;
  private final RandomGenerator random;

  Vault(ServerConfig server, RandomGenerator random) throws GeneralSecurityException {
    var mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(server.secret().getBytes(StandardCharsets.UTF_8), HMAC));
    this.key =
        new SecretKeySpec(mac.doFinal("relay passwords".getBytes(StandardCharsets.UTF_8)), "AES");
    this.random = random;
  }

  /**
   * @param relay the host and login: it opens for the same only, so nobody can have the password
   *     sent elsewhere by changing the row
   */
  byte[] seal(RelayRule relay, String password) {
    var nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    try {
      var hidden =
          cipher(Cipher.ENCRYPT_MODE, nonce, relay)
              .doFinal(password.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(nonce.length + hidden.length).put(nonce).put(hidden).array();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Empty when it was sealed for another one or under another secret. */
  Optional<String> open(RelayRule relay, byte[] sealed) {
    try {
      var plain =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_OCTETS), relay)
              .doFinal(sealed, NONCE_OCTETS, sealed.length - NONCE_OCTETS);
      return Optional.of(new String(plain, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce, RelayRule relay) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((relay.host() + " " + relay.login()).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
