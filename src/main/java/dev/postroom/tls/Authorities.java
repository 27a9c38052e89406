package dev.postroom.tls;

import dev.postroom.tls.ChainVerdict.NamesIn;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificate authorities that are believed about other servers. */
@ApplicationScoped
public class Authorities {
  private final X509TrustManager trustManager;
  private final Set<TrustAnchor> anchors;

  public Authorities(TlsConfig config) {
    this.trustManager = trustManager(config);
    this.anchors =
        Arrays.stream(trustManager.getAcceptedIssuers())
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static X509TrustManager trustManager(TlsConfig config) {
    try {
      var store = config.authorities().isPresent() ? store(config.authorities().get()) : null;
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store); // null: what the runtime trusts
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalArgumentException(
          "postroom.tls.authorities: " + unusable.getMessage(), unusable);
    }
  }

  private static KeyStore store(Path file) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (var authority : PemFiles.certificates(file)) {
      store.setCertificateEntry(authority.getSubjectX500Principal().getName(), authority);
    }
    return store;
  }

  /** For clients of other protocols, which check the name themselves. */
  public TrustManager trustManager() {
    return trustManager;
  }

  /** Whether one of them answers for this server under this name (RFC 5280 §6, RFC 6125). */
  public ChainVerdict verdict(List<X509Certificate> chain, String host) {
    return ChainVerdict.of(chain, anchors, NamesIn.ALTERNATIVES, Set.of(host));
  }
}
