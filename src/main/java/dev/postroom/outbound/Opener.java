package dev.postroom.outbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.postroom.mail.ServerConfig;
import dev.postroom.net.Dialer;
import dev.postroom.tls.Authorities;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Opens connections: dials, greets, and falls back to plain text where TLS fails and need not be.
 */
@ApplicationScoped
class Opener {
  private static final Logger LOG = Logger.getLogger(Opener.class);

  /** For how long a host whose handshake failed is talked to in plain text at once. */
  private static final Duration PLAIN_MEMORY = Duration.ofMinutes(10);

  private static final int MAX_REMEMBERED = 10_000;

  private final Dialer dialer;
  private final OutboundConfig config;
  private final String ownName;
  private final Optional<Login> relayLogin;
  private final Authorities authorities;
  private final Cache<RemoteHost, TlsFault> plainHosts =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(PLAIN_MEMORY).build();

  Opener(Dialer dialer, OutboundConfig config, ServerConfig server, Authorities authorities) {
    this.dialer = dialer;
    this.config = config;
    this.ownName = server.hostname();
    this.authorities = authorities;
    this.relayLogin = Login.of(config);
  }

  SmtpConnection open(RemoteHost host) throws IOException {
    if (host.demand() instanceof TlsDemand.Never(var fault)) {
      throw new TlsFailedException(fault, null);
    }
    var mode = mode(host);
    var failedBefore = plainHosts.getIfPresent(host);
    if (mode.mayBePlain() && failedBefore != null) {
      return openPlain(host, failedBefore);
    }
    try {
      return open(host, mode);
    } catch (TlsFailedException failed) {
      if (!mode.mayBePlain()) {
        throw failed;
      }
      // RFC 7435 §3: opportunistic security prefers delivery to secrecy
      LOG.infof("%s; goes on in plain text", failed.getMessage());
      plainHosts.put(host, failed.fault());
      return openPlain(host, failed.fault());
    }
  }

  private SmtpConnection openPlain(RemoteHost host, TlsFault fault) throws IOException {
    var connection = open(host, TlsMode.NEVER);
    connection.tlsFault(Optional.of(fault));
    return connection;
  }

  private TlsMode mode(RemoteHost host) {
    if (host.demand().isEnforced()) {
      return TlsMode.VERIFIED;
    }
    if (!host.isRelay()) {
      return config.tls();
    }
    var relay = host.way().relay();
    if (relay != null) {
      return relay.tls();
    }
    return config.relayTls().orElse(relayLogin.isPresent() ? TlsMode.VERIFIED : config.tls());
  }

  private SmtpConnection open(RemoteHost host, TlsMode mode) throws IOException {
    var source = host.way().source(host.address().getAddress());
    var wire = dialer.connect(host.address(), source, config.connectTimeout());
    var connection = new SmtpConnection(host, wire);
    boolean ready = false;
    try {
      new SmtpGreeting(connection, name(source), config.timeouts().greeting(), authorities)
          .hold(mode, login(host));
      ready = true;
      return connection;
    } finally {
      if (!ready) {
        Thread.startVirtualThread(connection::quit);
      }
    }
  }

  private Optional<Login> login(RemoteHost host) {
    if (!host.isRelay()) {
      return Optional.empty();
    }
    var relay = host.way().relay();
    return relay == null ? relayLogin : Optional.ofNullable(relay.login());
  }

  /** RFC 5321 §4.1.4: the name that belongs to the address it comes from. */
  private String name(Optional<InetAddress> source) {
    return source.map(address -> config.sources().get(address.getHostAddress())).orElse(ownName);
  }
}
