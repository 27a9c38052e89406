package dev.postroom.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All certificates of one moment.
 *
 * @param byAlias in the order of the configuration; an alias is the fingerprint of the certificate,
 *     so that it means the same after a reload
 */
record Identities(Map<String, Identity> byAlias) {
  static final Identities NONE = new Identities(Map.of());

  static Identities of(List<Identity> identities) {
    var byAlias = new LinkedHashMap<String, Identity>();
    identities.forEach(identity -> byAlias.putIfAbsent(fingerprint(identity), identity));
    return new Identities(byAlias);
  }

  private static String fingerprint(Identity identity) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(identity.certificate().getEncoded()));
    } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  boolean isEmpty() {
    return byAlias.isEmpty();
  }

  /**
   * The alias of the certificate to present.
   *
   * @param host what the client's SNI named, null for nothing
   * @param keyType RSA, EC, …: the client asks for one after the other
   */
  Optional<String> choose(@Nullable String host, String keyType) {
    return candidates(host)
        .filter(entry -> entry.getValue().key().getAlgorithm().equals(keyType))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The first that may be presented. */
  Optional<Identity> shown(String host) {
    return candidates(host).map(Map.Entry::getValue).findFirst();
  }

  /** Those made out to the name, or else the first of all. */
  private Stream<Map.Entry<String, Identity>> candidates(@Nullable String host) {
    if (host != null) {
      var name = host.toLowerCase(Locale.ROOT);
      var named = byAlias.entrySet().stream().filter(entry -> entry.getValue().covers(name));
      var list = named.toList();
      if (!list.isEmpty()) {
        return list.stream();
      }
    }
    return byAlias.entrySet().stream().limit(1);
  }
}
