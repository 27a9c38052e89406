package dev.postroom.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The place of TLS in one connection. On its event loop, but for what says otherwise.
 *
 * @see VertxWire#startTls
 */
final class WireTls {
  private final ChannelHandlerContext socket;
  private final Duration handshakeTimeout;
  private @Nullable CompletableFuture<Void> handshake;
  private boolean inputEnded;

  WireTls(ChannelHandlerContext socket, Duration handshakeTimeout) {
    this.socket = socket;
    this.handshakeTimeout = handshakeTimeout;
  }

  /** From the next octet on, everything goes through TLS. */
  void begin(SSLEngine engine, CompletableFuture<Void> handshake) {
    this.handshake = handshake;
    if (inputEnded || !socket.channel().isActive()) {
      handshake.completeExceptionally(new ClosedChannelException());
      return;
    }
    var handler = new SslHandler(engine);
    handler.setHandshakeTimeout(handshakeTimeout.toMillis(), TimeUnit.MILLISECONDS);
    socket.pipeline().addBefore(socket.name(), "ssl", handler);
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                handshake.complete(null);
              } else {
                handshake.completeExceptionally(done.cause());
              }
            });
  }

  /** The other side has hung up: a handshake that is going on comes to nothing. */
  void inputEnded() {
    inputEnded = true;
    if (handshake != null) {
      handshake.completeExceptionally(new ClosedChannelException());
    }
  }

  /** Waits for a handshake, which has a time limit of its own. On the conversation's thread. */
  static void finish(CompletableFuture<Void> handshake) throws IOException {
    try {
      handshake.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof SSLException broken) {
        throw broken;
      }
      var why = new SSLHandshakeException("no handshake: " + failed.getCause());
      why.initCause(failed.getCause());
      throw why;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new WireClosedException("interrupted");
    }
  }

  private @Nullable SslHandler handler() {
    return socket.pipeline().get(SslHandler.class);
  }

  /** On any thread. */
  boolean isSecure() {
    return handler() != null;
  }

  /** On any thread. */
  Optional<SSLSession> session() {
    return Optional.ofNullable(handler()).map(handler -> handler.engine().getSession());
  }

  /** On any thread. */
  String description() {
    return session()
        .map(session -> session.getProtocol() + " " + session.getCipherSuite())
        .orElse("");
  }

  /** On any thread. */
  List<X509Certificate> serverCertificates() {
    return session().map(WireTls::certificates).orElse(List.of());
  }

  private static List<X509Certificate> certificates(SSLSession session) {
    try {
      return Arrays.stream(session.getPeerCertificates()).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  /** Sends what is left and, where there is TLS, that nothing more will come. */
  ChannelFuture sendLast() {
    var handler = handler();
    return handler != null && handler.handshakeFuture().isSuccess()
        ? handler.closeOutbound()
        : socket.writeAndFlush(Unpooled.EMPTY_BUFFER);
  }
}
