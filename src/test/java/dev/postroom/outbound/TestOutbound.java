package dev.postroom.outbound;

import dev.postroom.blob.Blobs;
import dev.postroom.blob.TestBlobs;
import dev.postroom.dns.Resolver;
import dev.postroom.dns.TestResolver;
import dev.postroom.mail.DomainName;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.ServerConfig;
import dev.postroom.mail.TraceId;
import dev.postroom.net.Conversation;
import dev.postroom.net.Listeners;
import dev.postroom.net.NetConfig;
import dev.postroom.net.VertxDialer;
import dev.postroom.sts.TestSts;
import dev.postroom.testing.DnsServer;
import dev.postroom.testing.Settings;
import dev.postroom.tls.Authorities;
import dev.postroom.tls.TlsConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Outgoing delivery as the application has it, without the application. */
public final class TestOutbound implements AutoCloseable {
  public final DnsServer dns = dns();
  public final MeterRegistry meters = new SimpleMeterRegistry();
  public final Blobs blobs;
  public final RemoteDelivery delivery;
  public final TestSts sts;
  public final Sites sites;

  /** What reports would be made of. */
  public final List<TlsSession> sessions = new CopyOnWriteArrayList<>();

  final MxHosts mxHosts;
  final Connections connections;

  /** By which all mail leaves. */
  Way way = Way.CONFIGURED;

  final List<Listeners.Open> listening = new ArrayList<>();

  /** Addresses of this machine beside those that it has. */
  final List<InetAddress> moreAddresses = new ArrayList<>();

  private final Vertx vertx = Vertx.vertx();

  /**
   * @param nameThenValue settings in full
   */
  public TestOutbound(Path folder, String... nameThenValue) throws IOException {
    var values = new TreeMap<String, String>();
    values.put("postroom.server.hostname", "mail.postroom.test");
    values.put("postroom.server.secret", "not-a-secret-only-for-tests-0123456789abcdef");
    values.put("postroom.dns.timeout", "200ms");
    values.put("postroom.dns.servers", dns.address());
    for (int i = 0; i < nameThenValue.length; i += 2) {
      values.put(nameThenValue[i], nameThenValue[i + 1]);
    }
    var config = Settings.of(OutboundConfig.class, values);
    var server = Settings.of(ServerConfig.class, values);
    Resolver resolver = TestResolver.of(values);
    blobs = TestBlobs.in(folder.resolve("blobs"));
    var own = new Own(server);
    var routes = new Routes(resolver, own, config);
    sites = new Sites(resolver, routes);
    mxHosts = new MxHosts(resolver, routes, own, config, new Random(7));
    var dialer = new VertxDialer(vertx, Settings.of(NetConfig.class, Map.of()));
    var authorities = new Authorities(Settings.of(TlsConfig.class, values));
    connections = new Connections(new Opener(dialer, config, server, authorities), config, meters);
    sts = new TestSts(vertx, resolver, authorities, values);
    var policies = new TlsPolicies(new Dane(resolver), sts.policies, config);
    delivery =
        new RemoteDelivery(
            (account, sender) -> way,
            mxHosts,
            policies,
            connections,
            blobs,
            config,
            Clock.systemUTC(),
            sessions::add);
  }

  private static DnsServer dns() {
    try {
      return DnsServer.start();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** A message from ann@postroom.test; all recipients are of the first one's domain. */
  public Shipment shipment(String content, String... recipients) throws IOException {
    return shipment(content, MailOptions.NONE, RecipientOptions.NONE, recipients);
  }

  /** The same with what the client asked for, the same for every recipient. */
  Shipment shipment(
      String content, MailOptions options, RecipientOptions each, String... recipients)
      throws IOException {
    var to = Arrays.stream(recipients).map(MailAddress::parse).toList();
    return new Shipment(
        TraceId.next(Clock.systemUTC(), new Random()),
        ReversePath.parse("ann@postroom.test"),
        to.getFirst().domain(),
        to,
        TestBlobs.keep(blobs, content),
        content.length(),
        "",
        content.chars().anyMatch(c -> c > 127),
        null,
        options,
        to.stream().collect(Collectors.toMap(recipient -> recipient, _ -> each)));
  }

  static String[] recipients(int count, String domain) {
    return IntStream.range(0, count).mapToObj(i -> "r" + i + "@" + domain).toArray(String[]::new);
  }

  static DomainName domain(String name) {
    return DomainName.of(name);
  }

  void listen(String name, int port) {
    listening.add(
        new Listeners.Open() {
          @Override
          public Listeners.Endpoint endpoint() {
            return new Listeners.Endpoint(name, "::", port, false);
          }

          @Override
          public int port() {
            return port;
          }

          @Override
          public int connections() {
            return 0;
          }

          @Override
          public boolean isAccepting() {
            return true;
          }
        });
  }

  @Override
  public void close() {
    dns.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private final class Own extends OwnAddresses {
    Own(ServerConfig server) {
      super(server, new ListeningOn());
    }

    @Override
    boolean isLocal(InetAddress address) {
      return moreAddresses.contains(address) || super.isLocal(address);
    }
  }

  /** Tells which ports are ours, and opens none. */
  private final class ListeningOn implements Listeners {
    @Override
    public Open open(Endpoint endpoint, String busyLine, Conversation conversation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Open> all() {
      return listening;
    }
  }
}
