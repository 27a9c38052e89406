package dev.postroom.sts;

import dev.postroom.dns.Resolver;
import dev.postroom.testing.Settings;
import dev.postroom.testing.TestClock;
import dev.postroom.tls.Authorities;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** MTA-STS as the application has it, without the application. */
public final class TestSts {
  public final TestClock clock = new TestClock();
  public final StsPolicies policies;

  public TestSts(
      Vertx vertx, Resolver resolver, Authorities authorities, Map<String, String> settings) {
    this(vertx, resolver, authorities, settings, new InMemory());
  }

  TestSts(
      Vertx vertx,
      Resolver resolver,
      Authorities authorities,
      Map<String, String> settings,
      StsStore store) {
    var config = Settings.of(StsConfig.class, settings);
    var fetcher = new StsFetcher(vertx, resolver, authorities, config);
    policies = new StsPolicies(resolver, fetcher, store, config, clock);
  }

  /** For tests that have no database; those of what survives a restart have one. */
  private static final class InMemory implements StsStore {
    private final Map<String, Stored> policies = new HashMap<>();

    @Override
    public synchronized Optional<Stored> find(String domain) {
      return Optional.ofNullable(policies.get(domain));
    }

    @Override
    public synchronized void keep(String domain, Stored policy) {
      policies.put(domain, policy);
    }

    @Override
    public synchronized void forget(Instant expiredBefore) {
      policies.values().removeIf(policy -> policy.expiresAt().isBefore(expiredBefore));
    }
  }
}
