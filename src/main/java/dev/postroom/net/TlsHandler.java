package dev.postroom.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** TLS engines as mail wants them, and their place in a connection. */
final class TlsHandler {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"}; // RFC 8996: nothing older

  private TlsHandler() {}

  static SSLEngine serverEngine(SSLContext context) {
    var engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    var parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    return engine;
  }

  static SSLEngine clientEngine(
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

  /** From the next octet on, everything goes through TLS. On the event loop. */
  static SslHandler install(
      ChannelHandlerContext socket, SSLEngine engine, Duration handshakeTimeout) {
    var handler = new SslHandler(engine);
    handler.setHandshakeTimeout(handshakeTimeout.toMillis(), TimeUnit.MILLISECONDS);
    socket.pipeline().addBefore(socket.name(), "ssl", handler);
    return handler;
  }

  static @Nullable SslHandler of(Channel channel) {
    return channel.pipeline().get(SslHandler.class);
  }
}
