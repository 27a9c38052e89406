package dev.postroom.net;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The channel bindings that a TLS server can compute. */
final class ChannelBinding {
  private static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding"; // RFC 9266 §4.2
  private static final int EXPORTER_OCTETS = 32;
  private static final Pattern DIGEST = Pattern.compile("(MD5|SHA\\d+)(?:/\\d+)?WITH.*");

  private ChannelBinding() {}

  static Optional<byte[]> of(String type, SSLSession session) {
    try {
      return switch (type) {
        case "tls-exporter" -> exporter(session);
        case "tls-server-end-point" -> serverEndPoint(session);
        default -> Optional.empty();
      };
    } catch (GeneralSecurityException | SSLException | UnsupportedOperationException _) {
      return Optional.empty();
    }
  }

  /** RFC 9266 §3: before TLS 1.3 it is unique under conditions only. */
  private static Optional<byte[]> exporter(SSLSession session) throws SSLException {
    return session instanceof ExtendedSSLSession extended
            && extended.getProtocol().equals("TLSv1.3")
        ? Optional.of(
            extended.exportKeyingMaterialData(EXPORTER_LABEL, new byte[0], EXPORTER_OCTETS))
        : Optional.empty();
  }

  /** RFC 5929 §4.1: the certificate, under the digest that it is signed with. */
  private static Optional<byte[]> serverEndPoint(SSLSession session)
      throws GeneralSecurityException {
    var chain = session.getLocalCertificates();
    if (chain == null || !(chain[0] instanceof X509Certificate certificate)) {
      return Optional.empty();
    }
    var digest = digest(certificate);
    return digest == null
        ? Optional.empty()
        : Optional.of(MessageDigest.getInstance(digest).digest(certificate.getEncoded()));
  }

  /** Null for signatures without one digest, such as Ed25519: the RFC leaves those open. */
  private static @Nullable String digest(X509Certificate certificate)
      throws GeneralSecurityException {
    var algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    if (algorithm.equals("RSASSA-PSS")) {
      return pssDigest(certificate);
    }
    var m = DIGEST.matcher(algorithm);
    if (!m.matches()) {
      return null;
    }
    return switch (m.group(1)) {
      case "MD5", "SHA1" -> "SHA-256";
      default -> m.group(1).replace("SHA", "SHA-");
    };
  }

  private static String pssDigest(X509Certificate certificate) throws GeneralSecurityException {
    var parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
    try {
      parameters.init(certificate.getSigAlgParams());
    } catch (IOException malformed) {
      throw new GeneralSecurityException(malformed);
    }
    var digest = parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
    return digest.equals("SHA-1") ? "SHA-256" : digest;
  }
}
