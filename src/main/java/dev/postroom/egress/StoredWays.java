package dev.postroom.egress;

import static dev.postroom.egress.EgressTable.Stored.NOTHING;

import dev.postroom.directory.Role;
import dev.postroom.mail.ReversePath;
import dev.postroom.outbound.Login;
import dev.postroom.outbound.Way;
import dev.postroom.outbound.WayUnknownException;
import dev.postroom.outbound.Ways;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The ways of all who have one of their own, in memory: sending a message asks no database.
 *
 * <p>Threads: any. One at a time reads the table anew, the others go on with what is known.
 */
@ApplicationScoped
class StoredWays implements Ways {
  private static final Logger LOG = Logger.getLogger(StoredWays.class);

  /**
   * @param domain empty for all of the account
   */
  private record Sender(long accountId, String domain) {}

  /**
   * @param ways empty for one whose password cannot be opened
   */
  private record Known(Map<Sender, Optional<Way>> ways, long sinceNanos) {}

  private final EgressTable table;
  private final Vault vault;
  private final EgressConfig config;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Known known;

  StoredWays(EgressTable table, Vault vault, EgressConfig config) {
    this.table = table;
    this.vault = vault;
    this.config = config;
  }

  @Override
  public Way of(@Nullable Long accountId, ReversePath sender) {
    if (accountId == null) {
      return Way.CONFIGURED;
    }
    var ways = current().ways();
    if (ways.isEmpty()) {
      return Way.CONFIGURED;
    }
    var whole = ways.get(new Sender(accountId, ""));
    var address = sender.address();
    var own = address == null ? null : ways.get(new Sender(accountId, address.domain().ascii()));
    return Optional.ofNullable(own == null ? whole : own)
        .orElse(Optional.of(Way.CONFIGURED))
        .orElseThrow(
            () -> new WayUnknownException("the password of a relay host cannot be read any more"));
  }

  private Known current() {
    var now = known;
    if (now != null && System.nanoTime() - now.sinceNanos() < config.refresh().toNanos()) {
      return now;
    }
    if (now != null && !reading.tryLock()) {
      return now;
    } else if (now == null) {
      reading.lock();
    }
    try {
      return read();
    } catch (EgressUnavailableException away) {
      if (now == null) {
        throw new WayUnknownException("the database is away", away);
      }
      return now;
    } finally {
      reading.unlock();
    }
  }

  private Known read() {
    long since = System.nanoTime();
    var rules = new HashMap<Sender, EgressTable.Stored>();
    // the table has the widest first
    for (var applied : table.all()) {
      var wider = rules.getOrDefault(new Sender(applied.accountId(), ""), NOTHING);
      rules.put(new Sender(applied.accountId(), applied.domain()), applied.rule().over(wider));
    }
    var ways = new HashMap<Sender, Optional<Way>>();
    rules.forEach((sender, rule) -> ways.put(sender, way(rule)));
    var read = new Known(Map.copyOf(ways), since);
    known = read;
    return read;
  }

  private Optional<Way> way(EgressTable.Stored rule) {
    try {
      return Optional.of(
          new Way(
              relay(rule),
              rule.source4().isEmpty()
                  ? null
                  : (Inet4Address) InetAddress.ofLiteral(rule.source4()),
              rule.source6().isEmpty()
                  ? null
                  : (Inet6Address) InetAddress.ofLiteral(rule.source6())));
    } catch (RuntimeException unusable) {
      LOG.errorf("the rule for relay host %s cannot be used: %s", rule.relay(), unusable);
      return Optional.empty();
    }
  }

  private Way.@Nullable Relay relay(EgressTable.Stored rule) {
    var relay = rule.relay();
    if (relay == null) {
      return null;
    }
    return new Way.Relay(
        relay.host(),
        relay.port(),
        relay.tls().mode(),
        relay.hasLogin() ? login(relay, rule.password()) : null,
        rule.relayBy() == Role.ADMINISTRATOR);
  }

  private Login login(RelayRule relay, byte @Nullable [] sealed) {
    return Optional.ofNullable(sealed)
        .flatMap(octets -> vault.open(relay, octets))
        .map(password -> new Login(relay.login(), password))
        .orElseThrow(() -> new IllegalStateException("its password cannot be read"));
  }

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) EgressChanged change) {
    known = null;
  }
}
