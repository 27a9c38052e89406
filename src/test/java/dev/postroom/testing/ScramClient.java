package dev.postroom.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM-SHA-256 (RFC 5802 §3). */
public final class ScramClient {
  private final String header;
  private final byte[] binding;
  private final String bare;
  private final String password;
  private String authMessage = "";
  private byte[] salted = {};

  /**
   * @param header the GS2 header: {@code n,,} or {@code p=tls-exporter,,}
   * @param binding octets of the channel binding, none without one
   */
  public ScramClient(String header, byte[] binding, String name, String password) {
    this.header = header;
    this.binding = binding.clone();
    this.bare = "n=" + name.replace("=", "=3D").replace(",", "=2C") + ",r=nonceOfTheClient";
    this.password = password;
  }

  public byte[] first() {
    return octets(header + bare);
  }

  /** The answer to the server's first message. */
  public byte[] last(byte[] challenge) throws GeneralSecurityException {
    var question = new String(challenge, StandardCharsets.UTF_8);
    var parts = question.split(",");
    var salt = Base64.getDecoder().decode(parts[1].substring(2));
    var spec =
        new PBEKeySpec(password.toCharArray(), salt, Integer.parseInt(parts[2].substring(2)), 256);
    salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    var repeated = new ByteArrayOutputStream();
    repeated.writeBytes(octets(header));
    repeated.writeBytes(binding);
    var unproven = "c=" + base64(repeated.toByteArray()) + "," + parts[0];
    authMessage = bare + "," + question + "," + unproven;
    return octets(unproven + ",p=" + base64(proof()));
  }

  private byte[] proof() throws GeneralSecurityException {
    var clientKey = hmac(salted, "Client Key");
    var storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
    var signature = hmac(storedKey, authMessage);
    for (int i = 0; i < signature.length; i++) {
      signature[i] ^= clientKey[i];
    }
    return signature;
  }

  /** What the server's last message is, when it knows the keys, too. */
  public String serverProof() throws GeneralSecurityException {
    return "v=" + base64(hmac(hmac(salted, "Server Key"), authMessage));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(octets(text));
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
