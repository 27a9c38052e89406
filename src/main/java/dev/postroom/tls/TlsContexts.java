package dev.postroom.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The three ways in which TLS is set up here. */
public final class TlsContexts {
  static {
    // a client that renegotiates for ever costs us a handshake each time; read once by the runtime
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  private TlsContexts() {}

  /** For listeners: presents our certificates, asks for none. */
  public static SSLContext server(Certificates certificates) {
    return context(new KeyManager[] {certificates.keyManager()}, new TrustManager[0]);
  }

  /**
   * For opportunistic TLS between servers (RFC 7435): any certificate is better than plain text, so
   * none is refused. Protects against listening, not against an impostor.
   */
  public static SSLContext opportunistic() {
    return context(new KeyManager[0], new TrustManager[] {new TrustAnyone()});
  }

  /** Trusts the authorities that the Java runtime trusts. */
  public static SSLContext verifying() {
    return context(new KeyManager[0], null);
  }

  private static SSLContext context(KeyManager[] keys, TrustManager @Nullable [] trust) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Extended, because the runtime adds checks of its own to a plain X509TrustManager. */
  private static final class TrustAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
