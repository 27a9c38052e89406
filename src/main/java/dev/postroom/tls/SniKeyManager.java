package dev.postroom.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Presents a certificate for the name the client asked for.
 *
 * <p>Threads: handshakes on every event loop read, a reload swaps; the certificates before the last
 * reload stay, for a handshake that has chosen one of them and not yet fetched its key.
 */
final class SniKeyManager extends X509ExtendedKeyManager {
  private record Generations(Identities now, Identities before) {}

  private volatile Generations generations = new Generations(Identities.NONE, Identities.NONE);

  synchronized void replace(Identities identities) {
    generations = new Generations(identities, generations.now());
  }

  Optional<X509Certificate> certificate(String host) {
    return generations.now().shown(host).map(Identity::certificate);
  }

  boolean isEmpty() {
    return generations.now().isEmpty();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return generations.now().choose(serverName(engine), keyType).orElse(null);
  }

  private static @Nullable String serverName(SSLEngine engine) {
    if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
      for (var name : session.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return null;
  }

  private @Nullable Identity identity(String alias) {
    var both = generations;
    var current = both.now().byAlias().get(alias);
    return current != null ? current : both.before().byAlias().get(alias);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    var identity = identity(alias);
    return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    var identity = identity(alias);
    return identity == null ? null : identity.key();
  }

  // Blocking sockets and client certificates are not used

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return generations.now().choose(null, keyType).orElse(null);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
