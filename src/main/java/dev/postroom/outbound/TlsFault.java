package dev.postroom.outbound;

import dev.postroom.tls.ChainVerdict;
import java.util.Locale;
import java.util.Optional;

/**
 * What was wrong with the security of a session.
 *
 * @param why for people, with the names that matter
 */
public record TlsFault(Type type, String why) {
  /** Empty when the certificate is good. */
  static Optional<TlsFault> of(ChainVerdict verdict) {
    return switch (verdict) {
      case ChainVerdict.Valid _ -> Optional.empty();
      case ChainVerdict.Expired(var why) -> fault(Type.CERTIFICATE_EXPIRED, why);
      case ChainVerdict.Untrusted(var why) -> fault(Type.CERTIFICATE_NOT_TRUSTED, why);
      case ChainVerdict.OtherName(var why) -> fault(Type.CERTIFICATE_HOST_MISMATCH, why);
    };
  }

  private static Optional<TlsFault> fault(Type type, String why) {
    return Optional.of(new TlsFault(type, why));
  }

  /** The result types of RFC 8460 §4.3. */
  public enum Type {
    STARTTLS_NOT_SUPPORTED,
    CERTIFICATE_HOST_MISMATCH,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_TRUSTED,
    VALIDATION_FAILURE,
    TLSA_INVALID,
    DNSSEC_INVALID,
    STS_POLICY_FETCH_ERROR,
    STS_POLICY_INVALID,
    STS_WEBPKI_INVALID;

    /** As reports write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
