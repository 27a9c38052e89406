package dev.postroom.net;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One port: lets connections in and holds the conversations.
 *
 * <p>Threads: {@link #accept} and {@link #admit} run on the connection's event loop, {@link #hold}
 * on its virtual thread.
 */
final class VertxListener implements Listeners.Open {
  private static final Logger LOG = Logger.getLogger(VertxListener.class);

  /** Who calls at a Unix socket has no address. */
  private static final InetSocketAddress THIS_MACHINE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** Who gets in, and what the others are told. */
  record Door(Networks proxies, Gate gate, String busyLine, Listeners.Refusal refusal) {}

  private final Listeners.Endpoint endpoint;
  private final Door door;
  private final Conversation conversation;
  private final VertxWire.Settings settings;
  private final ConnectionLimits limits;
  private final ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
  private final Set<VertxWire> wires = ConcurrentHashMap.newKeySet();
  private final AtomicLong lastId = new AtomicLong();
  private final Counter accepted;
  private final Counter tooMany;
  private final Counter tooManyFromClient;
  private final Counter turnedAway;
  private final Counter failedHandshakes;
  private volatile int port;
  private volatile boolean bound;
  private volatile boolean stopping;

  VertxListener(
      Listeners.Endpoint endpoint,
      Door door,
      Conversation conversation,
      NetConfig config,
      VertxWire.Settings settings,
      MeterRegistry meters) {
    this.endpoint = endpoint;
    this.door = door;
    this.conversation = conversation;
    this.settings = settings;
    this.limits = new ConnectionLimits(config.connections(), config.connectionsPerClient());
    var name = endpoint.name();
    accepted = meters.counter("postroom.net.accepted", "listener", name);
    tooMany = refused(meters, name, "total");
    tooManyFromClient = refused(meters, name, "client");
    turnedAway = refused(meters, name, "gate");
    failedHandshakes = meters.counter("postroom.net.handshakes.failed", "listener", name);
    Gauge.builder("postroom.net.connections", limits, ConnectionLimits::connections)
        .tag("listener", name)
        .register(meters);
  }

  private static Counter refused(MeterRegistry meters, String name, String limit) {
    return meters.counter("postroom.net.refused", "listener", name, "limit", limit);
  }

  void bound(int to) {
    port = Math.max(0, to);
    bound = true;
  }

  void accept(NetSocket socket) {
    var channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    if (stopping) {
      var _ = channel.close();
    } else if (endpoint.isUnixSocket()) {
      admit(socket, THIS_MACHINE, THIS_MACHINE);
    } else {
      accept(socket, channel);
    }
  }

  private void accept(NetSocket socket, Channel channel) {
    var peer = (InetSocketAddress) channel.remoteAddress();
    if (peer == null) {
      var _ = channel.close();
    } else if (door.proxies().contains(peer.getAddress())) {
      ProxyHeader.expect(
          channel, settings.handshakeTimeout(), (remote, local) -> admit(socket, remote, local));
    } else {
      admit(socket, peer, (InetSocketAddress) channel.localAddress());
    }
  }

  private void admit(NetSocket socket, InetSocketAddress remote, InetSocketAddress local) {
    var wire = new VertxWire((NetSocketInternal) socket, settings, remote, local);
    var closed = door.gate().ask(remote.getAddress());
    if (closed.isPresent()) {
      var line = door.refusal().line(closed.get().forGood(), closed.get().why());
      refuse(socket, wire, turnedAway, line);
      return;
    }
    switch (limits.admit(remote.getAddress())) {
      case ADMITTED -> begin(wire);
      case TOO_MANY -> refuse(socket, wire, tooMany, door.busyLine());
      case TOO_MANY_FROM_CLIENT -> refuse(socket, wire, tooManyFromClient, door.busyLine());
    }
  }

  private void refuse(NetSocket socket, VertxWire wire, Counter counter, String line) {
    counter.increment();
    LOG.debugf("%s: %s refused", endpoint.name(), wire.remote());
    // where TLS comes first, a line in plain text would be noise
    if (!endpoint.implicitTls()) {
      socket.write(line, StandardCharsets.UTF_8.name());
    }
    wire.close();
  }

  private void begin(VertxWire wire) {
    accepted.increment();
    wires.add(wire);
    // its place is free when both are over: the conversation and the connection
    var open = new AtomicInteger(2);
    Runnable left =
        () -> {
          if (open.decrementAndGet() == 0) {
            wires.remove(wire);
            limits.leave(wire.remote().getAddress());
          }
        };
    wire.whenClosed(left);
    var tls = settings.serverTls();
    var handshake = endpoint.implicitTls() && tls != null ? wire.beginSecure(tls) : null;
    var id = endpoint.name() + "-" + lastId.incrementAndGet();
    hold(wire, id, left, _ -> begin(wire, id, handshake));
  }

  private void begin(VertxWire wire, String id, @Nullable CompletableFuture<Void> handshake)
      throws IOException {
    if (handshake != null && !isSecured(wire, id, handshake)) {
      return;
    }
    if (stopping) {
      wire.stop();
    }
    conversation.hold(wire);
  }

  /** Holds a part of a conversation on a thread of its own, and then the rest. */
  private void hold(VertxWire wire, String id, Runnable left, Conversation part) {
    var thread =
        Thread.ofVirtual()
            .name(id)
            .inheritInheritableThreadLocals(false)
            .unstarted(
                () -> {
                  var rest = held(wire, id, part);
                  if (rest != null) {
                    wire.whenRestIsDue(() -> hold(wire, id, left, rest));
                  } else {
                    wire.end();
                    left.run();
                  }
                });
    thread.setContextClassLoader(classLoader);
    thread.start();
  }

  /** Gives what is left of the conversation. */
  private @Nullable Conversation held(VertxWire wire, String id, Conversation part) {
    try {
      part.hold(wire);
      wire.flush();
      return wire.takeRest();
    } catch (WireClosedException
        | WireTimeoutException
        | ShutdownException
        | LineTooLongException
        | SSLException ordinary) {
      LOG.debugf("%s with %s ended: %s", id, wire.remote(), ordinary.toString());
    } catch (IOException | RuntimeException | Error ours) {
      LOG.errorf(ours, "%s with %s failed", id, wire.remote());
    }
    return null;
  }

  private boolean isSecured(VertxWire wire, String id, CompletableFuture<Void> handshake) {
    try {
      WireTls.finish(handshake);
      return true;
    } catch (IOException failed) {
      failedHandshakes.increment();
      LOG.debugf("%s: no TLS with %s: %s", id, wire.remote(), failed.toString());
      return false;
    }
  }

  /** To be called every {@link InputQueue#REMINDED_EVERY}. */
  void remind() {
    wires.forEach(VertxWire::remind);
  }

  /** Lets nobody in any more and asks the conversations to end. */
  void stop() {
    stopping = true;
    wires.forEach(VertxWire::stop);
  }

  /** Ends what has not ended by itself. */
  void cut() {
    wires.forEach(VertxWire::close);
  }

  @Override
  public Listeners.Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int connections() {
    return limits.connections();
  }

  @Override
  public boolean isAccepting() {
    return bound && !stopping;
  }
}
