package dev.postroom.net;

import dev.postroom.testing.Settings;
import dev.postroom.testing.TestCertificates;
import dev.postroom.tls.PemCertificates;
import dev.postroom.tls.TlsConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;

/** Listeners and a dialer as the application has them, without the application. */
final class TestListeners implements AutoCloseable {
  static final String HOST = "127.0.0.1";

  final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  final MeterRegistry meters = new SimpleMeterRegistry();
  final TestCertificates authority;
  final PemCertificates certificates;
  final VertxListeners listeners;
  final VertxDialer dialer;

  /** What a conversation threw: none should. */
  final AtomicReference<Throwable> failure = new AtomicReference<>();

  TestListeners(Path folder, Map<String, String> settings) {
    try {
      authority = new TestCertificates(folder);
      var pair = authority.issue("server", "mail.postroom.test");
      var tls =
          Map.of(
              "postroom.tls.certificates[0].chain", pair.chain().toString(),
              "postroom.tls.certificates[0].key", pair.key().toString());
      certificates = new PemCertificates(Settings.of(TlsConfig.class, tls));
      var net = Settings.of(NetConfig.class, settings);
      listeners = new VertxListeners(vertx, certificates, net, meters);
      dialer = new VertxDialer(vertx, net);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Listeners.Open open(Conversation conversation) {
    return open(false, conversation);
  }

  Listeners.Open open(boolean implicitTls, Conversation conversation) {
    return listeners.open(
        new Listeners.Endpoint("test", HOST, 0, implicitTls),
        "BUSY\r\n",
        wire -> {
          try {
            conversation.hold(wire);
          } catch (IOException ordinary) {
            throw ordinary;
          } catch (RuntimeException | Error ours) {
            failure.set(ours);
            throw ours;
          }
        });
  }

  InetSocketAddress address(Listeners.Open port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port());
  }

  Client connect(Listeners.Open port) throws IOException {
    return new Client(new Socket(InetAddress.getLoopbackAddress(), port.port()));
  }

  Client connectTls(Listeners.Open port, String serverName) throws IOException {
    return secure(connect(port), serverName);
  }

  Client secure(Client plain, String serverName) throws IOException {
    var socket =
        (SSLSocket)
            authority
                .clientContext()
                .getSocketFactory()
                .createSocket(plain.socket(), serverName, plain.socket().getPort(), true);
    var parameters = socket.getSSLParameters();
    parameters.setServerNames(java.util.List.of(new SNIHostName(serverName)));
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return new Client(socket);
  }

  @Override
  public void close() {
    listeners.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
