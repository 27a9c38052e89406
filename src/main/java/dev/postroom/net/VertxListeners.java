package dev.postroom.net;

import dev.postroom.tls.Certificates;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Ports on Vert.x: each is shared by several event loops. */
@ApplicationScoped
public class VertxListeners implements Listeners {
  private static final Logger LOG = Logger.getLogger(VertxListeners.class);
  private static final String EVERYWHERE = "::";
  private static final String EVERYWHERE_IPV4 = "0.0.0.0";
  private static final Duration POLL = Duration.ofMillis(20);

  /** Which of the "any free port" ports: those of one listener are to be the same. */
  private static final AtomicInteger ANY_PORT = new AtomicInteger();

  private final Vertx vertx;
  private final NetConfig config;
  private final MeterRegistry meters;
  private final Networks proxies;
  private final Gate gate;
  private final VertxWire.Settings settings;
  private final List<VertxListener> listeners = new CopyOnWriteArrayList<>();
  private final List<NetServer> servers = new CopyOnWriteArrayList<>();

  @Inject
  public VertxListeners(
      Vertx vertx,
      Certificates certificates,
      NetConfig config,
      MeterRegistry meters,
      Instance<Gate> gate) {
    this(vertx, certificates, config, meters, gate.isResolvable() ? gate.get() : Gate.OPEN);
  }

  public VertxListeners(
      Vertx vertx, Certificates certificates, NetConfig config, MeterRegistry meters) {
    this(vertx, certificates, config, meters, Gate.OPEN);
  }

  VertxListeners(
      Vertx vertx, Certificates certificates, NetConfig config, MeterRegistry meters, Gate gate) {
    this.gate = gate;
    this.vertx = vertx;
    this.config = config;
    this.meters = meters;
    this.proxies = Networks.parse(config.proxyProtocolFrom().orElse(List.of()));
    this.settings =
        new VertxWire.Settings(
            ServerTls.of(certificates),
            config.idleTimeout(),
            config.handshakeTimeout(),
            config.closeTimeout());
    vertx.setPeriodic(
        InputQueue.REMINDED_EVERY.toMillis(), _ -> listeners.forEach(VertxListener::remind));
  }

  @Override
  public Open open(Endpoint endpoint, String busyLine, Conversation conversation) {
    return open(endpoint, busyLine, (_, _) -> busyLine, conversation);
  }

  @Override
  public Open open(Endpoint endpoint, String busyLine, Refusal refusal, Conversation conversation) {
    var door = new VertxListener.Door(proxies, gate, busyLine, refusal);
    var listener = new VertxListener(endpoint, door, conversation, config, settings, meters);
    if (endpoint.isUnixSocket()) {
      UnixSocket.bind(Path.of(endpoint.host()), address -> bind(listener, address));
      listener.bound(0);
      LOG.infof("%s listens at %s", endpoint.name(), endpoint.host());
    } else {
      bindPort(listener, endpoint);
      LOG.infof("%s listens on port %d", endpoint.name(), listener.port());
    }
    listeners.add(listener);
    return listener;
  }

  private void bindPort(VertxListener listener, Endpoint endpoint) {
    var address =
        endpoint.port() == 0
            ? SocketAddress.sharedRandomPort(ANY_PORT.incrementAndGet(), host(endpoint))
            : SocketAddress.inetSocketAddress(endpoint.port(), host(endpoint));
    for (int loop = 0; loop < eventLoops(); loop++) {
      listener.bound(bind(listener, address).actualPort());
    }
  }

  /** Every address is another one where IPv6 is switched off. */
  private static String host(Endpoint endpoint) {
    return endpoint.host().equals(EVERYWHERE) && !hasIpv6() ? EVERYWHERE_IPV4 : endpoint.host();
  }

  private static boolean hasIpv6() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .anyMatch(Inet6Address.class::isInstance);
    } catch (SocketException _) {
      return false;
    }
  }

  private int eventLoops() {
    return config.eventLoops() > 0
        ? config.eventLoops()
        : Runtime.getRuntime().availableProcessors();
  }

  private NetServer bind(VertxListener listener, SocketAddress address) {
    var server =
        vertx
            .createNetServer(new NetServerOptions().setTcpKeepAlive(true).setTcpNoDelay(true))
            .connectHandler(listener::accept);
    try {
      server.listen(address).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failed) {
      var where = listener.endpoint().host() + " port " + listener.endpoint().port();
      throw new IllegalStateException(
          "cannot listen on " + where + " for " + listener.endpoint().name(), failed.getCause());
    }
    servers.add(server);
    return server;
  }

  @Override
  public List<Open> all() {
    return List.copyOf(listeners);
  }

  void shutdown(@Observes ShutdownEvent event) {
    close();
  }

  /** Lets conversations finish what they are doing, then ends them and frees the ports. */
  public void close() {
    listeners.forEach(VertxListener::stop);
    awaitSilence(config.shutdownTimeout());
    listeners.forEach(VertxListener::cut);
    awaitSilence(config.closeTimeout());
    servers.forEach(server -> server.close().toCompletionStage().toCompletableFuture().join());
  }

  private void awaitSilence(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      while (System.nanoTime() < end
          && listeners.stream().anyMatch(listener -> listener.connections() > 0)) {
        Thread.sleep(POLL);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
