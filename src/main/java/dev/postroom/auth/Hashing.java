package dev.postroom.auth;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Where slow hashes are computed: on a few threads of the operating system, which shares the
 * processors between them and the conversations; on virtual threads they would hold up everybody.
 */
@ApplicationScoped
class Hashing {
  private static final int MAX_WAITING = 1000;
  private static final int KIB = 1024;

  private final Argon2 argon2;
  private final RandomGenerator random;
  private final ThreadPoolExecutor workers;
  private final CompletableFuture<PasswordHash> nobodys;

  Hashing(AuthConfig config, RandomGenerator random, MeterRegistry meters) {
    var parameters = config.argon2();
    this.argon2 =
        new Argon2(
            (int) (parameters.memory().asLongValue() / KIB),
            parameters.iterations(),
            parameters.parallelism());
    this.random = random;
    int threads = config.parallelHashes().orElse(Runtime.getRuntime().availableProcessors());
    this.workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().daemon().name("password-hash-", 0).factory());
    workers.allowCoreThreadTimeOut(true);
    meters.gauge("postroom.auth.hashes.waiting", workers, it -> it.getQueue().size());
    this.nobodys = soon(() -> hashHere(Long.toString(random.nextLong())));
  }

  /**
   * What a password for a name that does not exist is compared with, so that time tells nothing.
   */
  PasswordHash nobodys() {
    return nobodys.join();
  }

  PasswordHash hash(String password) {
    return soon(() -> hashHere(password)).join();
  }

  /** On the caller's thread, which must be one of these. */
  PasswordHash hashHere(String password) {
    return argon2.hash(password, random);
  }

  boolean isOutdated(PasswordHash hash) {
    return !argon2.made(hash);
  }

  /**
   * Runs when a thread is free; fails with {@link java.util.concurrent.RejectedExecutionException}
   * when far too many wait already.
   */
  <T> CompletableFuture<T> soon(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, workers);
  }

  @PreDestroy
  void stop() {
    workers.shutdownNow();
  }
}
