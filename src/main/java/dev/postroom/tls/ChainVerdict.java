package dev.postroom.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is to be held of the certificates that a server showed. */
public sealed interface ChainVerdict {
  record Valid() implements ChainVerdict {}

  record Expired(String why) implements ChainVerdict {}

  record Untrusted(String why) implements ChainVerdict {}

  record OtherName(String why) implements ChainVerdict {}

  /** Where a certificate says which hosts it is for. */
  enum NamesIn {
    /** RFC 8461 §4.1. */
    ALTERNATIVES,
    /** RFC 7672 §3.2.3: the common name, where there are no alternative names. */
    ALTERNATIVES_OR_COMMON_NAME;

    private Set<String> of(X509Certificate certificate) throws CertificateParsingException {
      return this == ALTERNATIVES
          ? Identity.alternativeNamesOf(certificate)
          : Identity.namesOf(certificate);
    }
  }

  /**
   * @param chain as the server showed it, its own certificate first
   * @param names one of which the certificate must be made out to
   */
  static ChainVerdict of(
      List<X509Certificate> chain, Set<TrustAnchor> anchors, NamesIn where, Set<String> names) {
    if (chain.isEmpty()) {
      return new Untrusted("the server showed no certificate");
    }
    if (anchors.isEmpty()) {
      return new Untrusted("no authority is known");
    }
    var own = chain.getFirst();
    try {
      own.checkValidity();
      checkPurpose(own);
      checkPath(chain, anchors);
    } catch (CertificateExpiredException | CertificateNotYetValidException expired) {
      return new Expired(
          "the certificate is valid from "
              + own.getNotBefore().toInstant()
              + " to "
              + own.getNotAfter().toInstant());
    } catch (GeneralSecurityException untrusted) {
      return isExpiry(untrusted)
          ? new Expired("a certificate of an authority has expired")
          : new Untrusted("the certificate is not trusted: " + untrusted.getMessage());
    }
    return named(where, own, names);
  }

  private static ChainVerdict named(NamesIn where, X509Certificate own, Set<String> names) {
    try {
      var madeOutTo = where.of(own);
      return names.stream()
              .map(name -> name.toLowerCase(Locale.ROOT))
              .anyMatch(name -> Identity.covers(madeOutTo, name))
          ? new Valid()
          : new OtherName(
              "the certificate is for "
                  + (madeOutTo.isEmpty() ? "nobody" : String.join(", ", madeOutTo))
                  + ", not for "
                  + String.join(" or ", names));
    } catch (CertificateParsingException unreadable) {
      return new OtherName("the names in the certificate cannot be read");
    }
  }

  /** RFC 5280 §4.2.1.12: what says what it is for must be for a TLS server. */
  private static void checkPurpose(X509Certificate own) throws CertPathValidatorException {
    List<String> purposes;
    try {
      purposes = own.getExtendedKeyUsage();
    } catch (CertificateParsingException unreadable) {
      throw new CertPathValidatorException("its purpose cannot be read", unreadable);
    }
    if (purposes != null
        && !purposes.contains("1.3.6.1.5.5.7.3.1")
        && !purposes.contains("2.5.29.37.0")) {
      throw new CertPathValidatorException("it is not for a server");
    }
  }

  private static void checkPath(List<X509Certificate> chain, Set<TrustAnchor> anchors)
      throws GeneralSecurityException {
    var target = new X509CertSelector();
    target.setCertificate(chain.getFirst());
    var parameters = new PKIXBuilderParameters(anchors, target);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
    parameters.setRevocationEnabled(false);
    CertPathBuilder.getInstance("PKIX").build(parameters);
  }

  private static boolean isExpiry(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException invalid
          && invalid.getReason() == BasicReason.EXPIRED) {
        return true;
      }
    }
    return false;
  }
}
