package dev.postroom.auth;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers good passwords for a short time, so that a client that asks every minute costs no slow
 * hash. The key is an HMAC over name, password and the very hash that it was compared with, under a
 * secret made at start: a changed password has other keys. A wrong one is not kept: a quick refusal
 * would tell a stranger that somebody, such as the owner's forgotten telephone, tries that
 * password.
 */
@ApplicationScoped
class Guesses {
  /** What a guess turned out to be. */
  enum Verdict {
    RIGHT,
    WRONG,
    /** Not checked: too many failures before it. */
    UNCHECKED
  }

  private static final String HMAC = "HmacSHA256";
  private static final int KEY_OCTETS = 32;

  private final SecretKeySpec secret;
  private final AsyncCache<String, Verdict> verdicts;

  Guesses(AuthConfig config, RandomGenerator random, Clock clock) {
    var octets = new byte[KEY_OCTETS];
    random.nextBytes(octets);
    secret = new SecretKeySpec(octets, HMAC);
    verdicts =
        Caffeine.newBuilder()
            .maximumSize(config.loginCacheSize())
            .scheduler(Scheduler.systemScheduler())
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(
                Expiry.<String, Verdict>writing(
                    (_, verdict) ->
                        verdict == Verdict.RIGHT ? config.loginCacheTime() : Duration.ZERO))
            .buildAsync();
  }

  /** The same guess made by many at once is checked once. */
  CompletableFuture<Verdict> verdict(
      String name, String password, PasswordHash hash, Supplier<CompletableFuture<Verdict>> check) {
    return verdicts.get(key(name, password, hash), (_, _) -> check.get());
  }

  private String key(String name, String password, PasswordHash hash) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(secret);
      mac.update(name.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(hash.phc().getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return HexFormat.of().formatHex(mac.doFinal(Argon2.prepared(password)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
