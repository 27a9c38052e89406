package dev.postroom.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** What a server keeps for SCRAM-SHA-256, and what it computes from it (RFC 5802 §3). */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScramKeys(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
  static final int KEY_OCTETS = 32;
  private static final String HMAC = "HmacSHA256";

  /** Takes long: {@code iterations} rounds of HMAC. */
  static ScramKeys derive(String password, byte[] salt, int iterations) {
    var salted = saltedPassword(SaslPrep.prepared(password), salt, iterations);
    return new ScramKeys(
        salt, iterations, sha256(hmac(salted, "Client Key")), hmac(salted, "Server Key"));
  }

  private static byte[] saltedPassword(String password, byte[] salt, int iterations) {
    var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_OCTETS * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      spec.clearPassword();
    }
  }

  /** Whether the client knows the password. */
  boolean proves(byte[] proof, String authMessage) {
    var signature = hmac(storedKey, authMessage);
    var clientKey = new byte[KEY_OCTETS];
    for (int i = 0; i < KEY_OCTETS; i++) {
      clientKey[i] = (byte) (signature[i] ^ (i < proof.length ? proof[i] : 0));
    }
    return MessageDigest.isEqual(sha256(clientKey), storedKey) & proof.length == KEY_OCTETS;
  }

  /** That we know the keys, too. */
  byte[] serverSignature(String authMessage) {
    return hmac(serverKey, authMessage);
  }

  static byte[] hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return "ScramKeys";
  }
}
