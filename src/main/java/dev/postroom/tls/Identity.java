package dev.postroom.tls;

import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * A certificate chain with its key.
 *
 * @param chain the server's own certificate first
 * @param names the host names it is made out to, in lower case, wildcards included
 */
record Identity(PrivateKey key, List<X509Certificate> chain, Set<String> names) {
  private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6: GeneralName [2]

  static Identity of(PrivateKey key, List<X509Certificate> chain)
      throws CertificateParsingException {
    return new Identity(key, List.copyOf(chain), namesOf(chain.getFirst()));
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  /** The host names that a certificate is made out to, in lower case. */
  static Set<String> namesOf(X509Certificate certificate) throws CertificateParsingException {
    return certificate.getSubjectAlternativeNames() == null
        ? commonName(certificate).map(Set::of).orElse(Set.of())
        : alternativeNamesOf(certificate);
  }

  /** The same without the common name, which says nothing about hosts (RFC 9525 §2). */
  static Set<String> alternativeNamesOf(X509Certificate certificate)
      throws CertificateParsingException {
    var alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives == null) {
      return Set.of();
    }
    return alternatives.stream()
        .filter(name -> Integer.valueOf(DNS_NAME).equals(name.getFirst()))
        .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Old self-signed certificates have no alternative names. */
  private static Optional<String> commonName(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .map(value -> value.toString().toLowerCase(Locale.ROOT))
              .findFirst();
    } catch (InvalidNameException _) {
      return Optional.empty();
    }
  }

  /**
   * @param host in lower case
   */
  boolean covers(String host) {
    return covers(names, host);
  }

  static boolean covers(Set<String> names, String host) {
    if (names.contains(host)) {
      return true;
    }
    // RFC 6125 §6.4.3: the star stands for exactly one label
    int dot = host.indexOf('.');
    return dot > 0 && names.contains("*" + host.substring(dot));
  }
}
