package dev.postroom.guard;

import dev.postroom.guard.ClientRule.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/**
 * The rules in memory: those of the configuration, and a copy of the table that is read again now
 * and then. A new ban holds at once and is written by a thread of its own.
 */
@ApplicationScoped
class Rules {
  private static final Logger LOG = Logger.getLogger(Rules.class);

  /** Before any port is opened. */
  private static final int EARLY = 1;

  private final GuardConfig config;
  private final RuleTable table;
  private final Clock clock;
  private final List<ClientRule> configured;
  private final ConcurrentMap<Network, ClientRule> unwritten = new ConcurrentHashMap<>();
  private volatile NetworkTable<ClientRule> known;

  Rules(GuardConfig config, RuleTable table, Clock clock, MeterRegistry meters) {
    this.config = config;
    this.table = table;
    this.clock = clock;
    this.configured = configured(config);
    this.known = with(List.of());
    meters.gauge("postroom.guard.rules", this, rules -> rules.known.size());
  }

  private static List<ClientRule> configured(GuardConfig config) {
    var rules = new ArrayList<ClientRule>();
    config.allow().forEach(network -> rules.add(configured(network, Kind.ALLOW)));
    config.deny().orElse(List.of()).forEach(network -> rules.add(configured(network, Kind.DENY)));
    return List.copyOf(rules);
  }

  private static ClientRule configured(String network, Kind kind) {
    return new ClientRule(
        0, Network.parse(network), kind, "in the configuration", Instant.EPOCH, null, 0, "");
  }

  List<ClientRule> configured() {
    return configured;
  }

  private NetworkTable<ClientRule> with(List<ClientRule> rules) {
    var fresh = new NetworkTable<ClientRule>();
    configured.forEach(rule -> fresh.put(rule.network(), rule));
    rules.forEach(rule -> fresh.put(rule.network(), rule));
    unwritten.forEach(fresh::put);
    return fresh;
  }

  void start(@Observes @Priority(EARLY) StartupEvent event) {
    load();
  }

  @Scheduled(
      every = "${postroom.guard.reload-every:30s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void reload() {
    try {
      load();
    } catch (RuntimeException failed) {
      LOG.warnf("the rules for clients were not read again: %s", failed.toString());
    }
  }

  synchronized void load() {
    known = with(table.all());
  }

  @Scheduled(every = "1h", delayed = "13m")
  void tidy() {
    table.forgetEndedBefore(clock.instant().minus(config.memory()));
  }

  /** What holds for a client now: the narrowest rule that has not ended. */
  Optional<ClientRule> find(InetAddress client) {
    var now = clock.instant();
    return known.find(client, rule -> rule.holds(now));
  }

  int timesBanned(Network network) {
    var now = clock.instant();
    return known
        .get(network)
        .filter(rule -> rule.kind() == Kind.BAN && !rule.endedBefore(now.minus(config.memory())))
        .map(ClientRule::times)
        .orElse(0);
  }

  /** False when there are so many that no more are kept. */
  synchronized boolean ban(ClientRule ban) {
    if (known.size() >= config.clients()) {
      return false;
    }
    unwritten.put(ban.network(), ban);
    known.put(ban.network(), ban);
    Thread.ofVirtual().name("ban").start(() -> write(ban));
    return true;
  }

  private void write(ClientRule ban) {
    try {
      table.ban(ban);
    } catch (RuntimeException failed) {
      LOG.warnf("the ban of %s is not written down: %s", ban.network(), failed.toString());
      return;
    }
    unwritten.remove(ban.network(), ban);
  }
}
