package dev.postroom.tls;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A TLS handshake in memory, to see what a server presents. */
final class Handshake {
  private static final int SIZE = 64 * 1024;

  private final SSLEngine client;
  private final SSLEngine server;
  private final ByteBuffer toServer = ByteBuffer.allocate(SIZE);
  private final ByteBuffer toClient = ByteBuffer.allocate(SIZE);
  private final ByteBuffer nothing = ByteBuffer.allocate(SIZE);

  private Handshake(SSLEngine client, SSLEngine server) {
    this.client = client;
    this.server = server;
  }

  /** The certificate that a client sees who trusts {@code trust} and asks for {@code name}. */
  static X509Certificate certificate(
      Certificates certificates, SSLContext trust, @Nullable String name, String version)
      throws SSLException {
    var server = TlsContexts.server(certificates).createSSLEngine();
    server.setUseClientMode(false);
    var client = trust.createSSLEngine();
    client.setUseClientMode(true);
    var parameters = client.getSSLParameters();
    parameters.setProtocols(new String[] {version});
    if (name != null) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    client.setSSLParameters(parameters);
    new Handshake(client, server).run();
    return (X509Certificate) client.getSession().getPeerCertificates()[0];
  }

  private void run() throws SSLException {
    client.beginHandshake();
    server.beginHandshake();
    for (int turn = 0; turn < 100 && isGoingOn(); turn++) {
      step(client, toServer, toClient);
      step(server, toClient, toServer);
    }
    if (isGoingOn()) {
      throw new SSLException("no end");
    }
  }

  private boolean isGoingOn() {
    return client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
        || server.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
  }

  private void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> {
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
          task.run();
        }
      }
      case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
        in.flip();
        engine.unwrap(in, nothing.clear());
        in.compact();
      }
    }
  }
}
