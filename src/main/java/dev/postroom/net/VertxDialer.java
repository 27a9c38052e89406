package dev.postroom.net;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetSocketInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Outgoing connections on Vert.x. */
@ApplicationScoped
public class VertxDialer implements Dialer {
  private final Vertx vertx;
  private final VertxWire.Settings settings;

  /** A client has one time limit and one source; callers use very few different ones. */
  private record Manner(Optional<InetAddress> source, Duration timeout) {}

  private final ConcurrentMap<Manner, NetClient> clients = new ConcurrentHashMap<>();

  private final Set<VertxWire> wires = ConcurrentHashMap.newKeySet();

  @Inject
  public VertxDialer(Vertx vertx, NetConfig config) {
    this.vertx = vertx;
    this.settings =
        new VertxWire.Settings(
            null, config.idleTimeout(), config.handshakeTimeout(), config.closeTimeout());
    vertx.setPeriodic(InputQueue.REMINDED_EVERY.toMillis(), _ -> wires.forEach(VertxWire::remind));
  }

  private NetClient client(Manner manner) {
    var options =
        new NetClientOptions()
            .setConnectTimeout(Math.clamp(manner.timeout().toMillis(), 1, Integer.MAX_VALUE))
            .setTcpKeepAlive(true)
            .setTcpNoDelay(true)
            // else Linux keeps the ACK of the handshake back for 200 ms, waiting for us to speak
            // first, and a mail server hears of the connection only then
            .setTcpQuickAck(true);
    manner.source().ifPresent(source -> options.setLocalAddress(source.getHostAddress()));
    return vertx.createNetClient(options);
  }

  @Override
  public Wire connect(InetSocketAddress address, Optional<InetAddress> source, Duration timeout)
      throws IOException {
    var target =
        address.isUnresolved()
            ? SocketAddress.inetSocketAddress(address.getPort(), address.getHostString())
            : SocketAddress.inetSocketAddress(address);
    var client = clients.computeIfAbsent(new Manner(source, timeout), this::client);
    var connected = new CompletableFuture<Wire>();
    // the wire is made on the event loop: not an octet of the greeting may come before it
    client.connect(
        target,
        socket -> {
          if (socket.succeeded()) {
            connected.complete(wire(socket.result()));
          } else {
            connected.completeExceptionally(socket.cause());
          }
        });
    return await(connected, address);
  }

  private Wire wire(NetSocket socket) {
    var internal = (NetSocketInternal) socket;
    var channel = internal.channelHandlerContext().channel();
    var wire =
        new VertxWire(
            internal,
            settings,
            (InetSocketAddress) channel.remoteAddress(),
            (InetSocketAddress) channel.localAddress());
    wires.add(wire);
    wire.whenClosed(() -> wires.remove(wire));
    return wire;
  }

  private static Wire await(CompletableFuture<Wire> connected, InetSocketAddress address)
      throws IOException {
    try {
      return connected.get();
    } catch (ExecutionException failed) {
      var why =
          new ConnectException(
              "no connection to %s port %d: %s"
                  .formatted(host(address), address.getPort(), plainly(failed.getCause())));
      why.initCause(failed.getCause());
      throw why;
    } catch (InterruptedException _) {
      var _ = connected.thenAccept(Wire::close);
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted");
    }
  }

  private static String host(InetSocketAddress address) {
    return address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
  }

  /** In words that can stand in a bounce and on a page. */
  private static String plainly(@Nullable Throwable cause) {
    return switch (cause) {
      case ConnectTimeoutException _ -> "no answer in time";
      case NoRouteToHostException _ -> "no route to the host";
      case ConnectException refused when String.valueOf(refused.getMessage()).contains("refused") ->
          "connection refused";
      case null, default -> "the network cannot reach it";
    };
  }
}
