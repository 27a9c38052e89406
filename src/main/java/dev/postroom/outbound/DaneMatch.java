package dev.postroom.outbound;

import dev.postroom.dns.TlsaRecord;
import dev.postroom.tls.ChainVerdict;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Compares a server's certificates with TLSA records (RFC 7671, RFC 7672 §3). */
final class DaneMatch {
  private static final int DANE_TA = 2;
  private static final int DANE_EE = 3;
  private static final int WHOLE_CERTIFICATE = 0;
  private static final int PUBLIC_KEY = 1;
  private static final int EXACT = 0;
  private static final int SHA_256 = 1;
  private static final int SHA_512 = 2;

  private DaneMatch() {}

  /** RFC 7672 §3.1.3: usages 0 and 1, and numbers that nobody here knows, cannot be used. */
  static boolean isUsable(TlsaRecord record) {
    return (record.usage() == DANE_TA || record.usage() == DANE_EE)
        && (record.selector() == WHOLE_CERTIFICATE || record.selector() == PUBLIC_KEY)
        && record.data().length() == digits(record.matchingType(), record.data());
  }

  private static int digits(int matchingType, String data) {
    return switch (matchingType) {
      case EXACT -> Math.max(2, data.length());
      case SHA_256 -> 64;
      case SHA_512 -> 128;
      default -> -1;
    };
  }

  /** Empty when the server is the one that the records describe. */
  static Optional<TlsFault> fault(TlsDemand.Dane demand, List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      return fault(TlsFault.Type.VALIDATION_FAILURE, "the server showed no certificate");
    }
    var records = strongest(demand.records());
    // RFC 7672 §3.1.1: neither names nor dates of the certificate count
    if (records.stream().anyMatch(r -> r.usage() == DANE_EE && matches(r, chain.getFirst()))) {
      return Optional.empty();
    }
    var anchors = anchors(records, chain);
    if (anchors.isEmpty()) {
      return fault(
          TlsFault.Type.VALIDATION_FAILURE,
          "the certificate matches none of the TLSA records of " + demand.baseName());
    }
    return TlsFault.of(
        ChainVerdict.of(
            chain,
            anchors,
            ChainVerdict.NamesIn.ALTERNATIVES_OR_COMMON_NAME,
            Set.copyOf(demand.names())));
  }

  private static Optional<TlsFault> fault(TlsFault.Type type, String why) {
    return Optional.of(new TlsFault(type, why));
  }

  /** RFC 7671 §9: of digests of the same thing, only the strongest kind counts. */
  private static List<TlsaRecord> strongest(List<TlsaRecord> records) {
    return records.stream()
        .filter(
            record ->
                record.matchingType() != SHA_256
                    || records.stream()
                        .noneMatch(
                            other ->
                                other.matchingType() == SHA_512
                                    && other.usage() == record.usage()
                                    && other.selector() == record.selector()))
        .toList();
  }

  /** RFC 7672 §3.1.2: the authority is in the chain, or whole in the record. */
  private static Set<TrustAnchor> anchors(List<TlsaRecord> records, List<X509Certificate> chain) {
    var anchors = new HashSet<TrustAnchor>();
    for (var record : records) {
      if (record.usage() == DANE_TA) {
        Stream.concat(
                chain.stream().skip(1).filter(certificate -> matches(record, certificate)),
                whole(record).stream())
            .forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
      }
    }
    return anchors;
  }

  private static Optional<X509Certificate> whole(TlsaRecord record) {
    if (record.selector() != WHOLE_CERTIFICATE || record.matchingType() != EXACT) {
      return Optional.empty();
    }
    try {
      var octets = new ByteArrayInputStream(HexFormat.of().parseHex(record.data()));
      return Optional.of(
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(octets));
    } catch (CertificateException notOne) {
      return Optional.empty();
    }
  }

  private static boolean matches(TlsaRecord record, X509Certificate certificate) {
    try {
      var selected =
          record.selector() == PUBLIC_KEY
              ? certificate.getPublicKey().getEncoded()
              : certificate.getEncoded();
      var compared =
          switch (record.matchingType()) {
            case SHA_256 -> digest("SHA-256", selected);
            case SHA_512 -> digest("SHA-512", selected);
            default -> selected;
          };
      return HexFormat.of().formatHex(compared).equals(record.data());
    } catch (CertificateEncodingException unreadable) {
      return false;
    }
  }

  private static byte[] digest(String algorithm, byte[] octets) {
    try {
      return MessageDigest.getInstance(algorithm).digest(octets);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
