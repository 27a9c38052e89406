package dev.postroom.net;

import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** TLS engines as mail wants them. */
final class TlsEngines {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"}; // RFC 8996: nothing older

  private TlsEngines() {}

  static SSLEngine server(SSLContext context) {
    var engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    var parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    return engine;
  }

  static SSLEngine client(
      SSLContext context, InetSocketAddress to, String serverName, boolean verifyName) {
    var engine = context.createSSLEngine(serverName, to.getPort());
    engine.setUseClientMode(true);
    var parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setServerNames(List.of());
    if (isHostName(serverName)) {
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
    }
    // "HTTPS" is the runtime's name for RFC 6125
    parameters.setEndpointIdentificationAlgorithm(verifyName ? "HTTPS" : null);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** RFC 6066 §3: literal addresses are not permitted in SNI. */
  private static boolean isHostName(String name) {
    return name.chars().anyMatch(Character::isLetter) && name.indexOf(':') < 0;
  }
}
