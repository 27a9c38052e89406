package dev.postroom.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that a browser keeps in its cookie. Everything else is derived from it: the hash that
 * the database knows it by, the form token, and the key that hides a flash message at rest.
 */
record SessionToken(String value) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int OCTETS = 32;
  private static final int IV_OCTETS = 12;
  private static final int TAG_BITS = 128;

  static SessionToken next() {
    var octets = new byte[OCTETS];
    RANDOM.nextBytes(octets);
    return new SessionToken(base64(octets));
  }

  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  String formToken() {
    return base64(derive("form"));
  }

  boolean accepts(String formToken) {
    return MessageDigest.isEqual(
        formToken().getBytes(StandardCharsets.UTF_8), formToken.getBytes(StandardCharsets.UTF_8));
  }

  byte[] seal(String text) {
    var iv = new byte[IV_OCTETS];
    RANDOM.nextBytes(iv);
    try {
      var sealed = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(text.getBytes(StandardCharsets.UTF_8));
      var whole = Arrays.copyOf(iv, iv.length + sealed.length);
      System.arraycopy(sealed, 0, whole, iv.length, sealed.length);
      return whole;
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Empty when it was not sealed with this token. */
  Optional<String> open(byte[] sealed) {
    if (sealed.length < IV_OCTETS) {
      return Optional.empty();
    }
    try {
      var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, IV_OCTETS));
      var plain = cipher.doFinal(sealed, IV_OCTETS, sealed.length - IV_OCTETS);
      return Optional.of(new String(plain, StandardCharsets.UTF_8));
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(derive("flash"), "AES"), new GCMParameterSpec(TAG_BITS, iv));
    return cipher;
  }

  private byte[] derive(String purpose) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /** Never in a log. */
  @Override
  public String toString() {
    return "SessionToken";
  }
}
