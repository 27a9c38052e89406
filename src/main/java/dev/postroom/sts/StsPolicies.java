package dev.postroom.sts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.postroom.dns.Resolver;
import dev.postroom.mail.DomainName;
import dev.postroom.sts.StsStore.Stored;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * The MTA-STS policies of other domains (RFC 8461 §5.1). Blocks for the DNS, and where a policy is
 * new for its host: call it from a virtual thread.
 *
 * <p>Threads: those who want the same domain's policy fetched wait for the one who does.
 */
@ApplicationScoped
public class StsPolicies {
  private static final Logger LOG = Logger.getLogger(StsPolicies.class);
  private static final String LABEL = "_mta-sts.";

  private final Resolver resolver;
  private final StsFetcher fetcher;
  private final StsStore store;
  private final StsConfig config;
  private final Clock clock;
  private final Cache<String, Optional<Stored>> known;
  private final Cache<String, StsAnswer.Unavailable> failures;
  private final ConcurrentMap<String, ReentrantLock> fetching = new ConcurrentHashMap<>();

  StsPolicies(
      Resolver resolver, StsFetcher fetcher, StsStore store, StsConfig config, Clock clock) {
    this.resolver = resolver;
    this.fetcher = fetcher;
    this.store = store;
    this.config = config;
    this.clock = clock;
    this.known = cache(config.memoryTime());
    this.failures = cache(config.retryAfter());
  }

  private <V> Cache<String, V> cache(java.time.Duration time) {
    return Caffeine.newBuilder()
        .maximumSize(config.memorySize())
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .expireAfterWrite(time)
        .build();
  }

  /**
   * @throws StoreUnavailableException when it cannot be known
   */
  public StsAnswer of(DomainName domain) {
    if (!config.enabled() || domain.isAddressLiteral()) {
      return new StsAnswer.None();
    }
    var name = domain.ascii();
    var live = StsRecord.of(resolver.txt(LABEL + name).recordsOrNone());
    var stored = stored(name);
    if (live.isEmpty()) {
      // RFC 8461 §5.1: a policy that is known counts, so that hiding the record undoes nothing
      return stored
          .<StsAnswer>map(kept -> new StsAnswer.Found(kept.policy()))
          .orElseGet(StsAnswer.None::new);
    }
    if (stored.isPresent() && stored.get().id().equals(live.get().id())) {
      refreshIfOld(name, stored.get());
      return new StsAnswer.Found(stored.get().policy());
    }
    return fetched(name, live.get());
  }

  private Optional<Stored> stored(String domain) {
    var now = clock.instant();
    return Optional.ofNullable(known.get(domain, store::find))
        .flatMap(found -> found)
        .filter(policy -> policy.expiresAt().isAfter(now));
  }

  private StsAnswer fetched(String domain, StsRecord live) {
    var lock = fetching.computeIfAbsent(domain, _ -> new ReentrantLock());
    lock.lock();
    try {
      var stored = stored(domain);
      if (stored.isPresent() && stored.get().id().equals(live.id())) {
        return new StsAnswer.Found(stored.get().policy()); // another thread was quicker
      }
      var answer = fetch(domain, live.id());
      return answer instanceof StsAnswer.Unavailable && stored.isPresent()
          ? new StsAnswer.Found(stored.get().policy())
          : answer;
    } finally {
      lock.unlock();
      fetching.remove(domain, lock);
    }
  }

  private StsAnswer fetch(String domain, String id) {
    var failedBefore = failures.getIfPresent(domain);
    if (failedBefore != null) {
      return failedBefore;
    }
    try {
      var policy = fetcher.fetch(domain);
      var now = clock.instant();
      var fetched = new Stored(id, now, now.plus(policy.maxAge()), policy);
      store.keep(domain, fetched);
      known.put(domain, Optional.of(fetched));
      return new StsAnswer.Found(policy);
    } catch (StsFetcher.FailedException failed) {
      LOG.infof("no MTA-STS policy of %s: %s", domain, failed.why());
      var unavailable = new StsAnswer.Unavailable(failed.reason(), failed.why());
      failures.put(domain, unavailable);
      return unavailable;
    }
  }

  /** RFC 8461 §10.2: so that one who hides the policy host for a while does not outwait it. */
  private void refreshIfOld(String domain, Stored stored) {
    var lock = new ReentrantLock();
    if (stored.fetchedAt().plus(config.refreshAfter()).isAfter(clock.instant())
        || failures.getIfPresent(domain) != null
        || fetching.putIfAbsent(domain, lock) != null) {
      return;
    }
    Thread.startVirtualThread(
        () -> {
          lock.lock();
          try {
            fetch(domain, stored.id());
          } finally {
            lock.unlock();
            fetching.remove(domain, lock);
          }
        });
  }

  @Scheduled(every = "6h", delayed = "1h")
  void forgetExpired() {
    store.forget(clock.instant());
  }
}
