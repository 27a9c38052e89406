package dev.postroom.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.auth.Guesses.Verdict;
import dev.postroom.testing.Settings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuessesTest {
  private static final PasswordHash HASH = new PasswordHash("$one");
  private static final PasswordHash OTHER_HASH = new PasswordHash("$other");

  private final Stopwatch clock = new Stopwatch();
  private final Guesses guesses =
      new Guesses(
          Settings.of(AuthConfig.class, Map.of("postroom.auth.login-cache-time", "5m")),
          new SecureRandom(),
          clock);
  private final AtomicInteger checks = new AtomicInteger();

  private Verdict ask(String name, String password, PasswordHash hash, Verdict truth) {
    return guesses
        .verdict(
            name,
            password,
            hash,
            () -> {
              checks.incrementAndGet();
              return CompletableFuture.completedFuture(truth);
            })
        .join();
  }

  @Test
  void aGoodLoginIsNotCheckedAgainForAWhile() {
    for (int i = 0; i < 3; i++) {
      assertThat(ask("ann", "right", HASH, Verdict.RIGHT)).isEqualTo(Verdict.RIGHT);
    }
    assertThat(checks).hasValue(1);
    clock.pass(Duration.ofMinutes(5));
    ask("ann", "right", HASH, Verdict.RIGHT);
    assertThat(checks).hasValue(2);
  }

  @Test
  void useDoesNotProlongIt() {
    ask("ann", "right", HASH, Verdict.RIGHT);
    clock.pass(Duration.ofMinutes(4));
    ask("ann", "right", HASH, Verdict.RIGHT);
    clock.pass(Duration.ofMinutes(1));
    ask("ann", "right", HASH, Verdict.RIGHT);
    assertThat(checks).hasValue(2);
  }

  @Test
  void anotherNamePasswordOrHashIsAnotherGuess() {
    ask("ann", "right", HASH, Verdict.RIGHT);
    assertThat(ask("ben", "right", HASH, Verdict.WRONG)).isEqualTo(Verdict.WRONG);
    assertThat(ask("ann", "wrong", HASH, Verdict.WRONG)).isEqualTo(Verdict.WRONG);
    assertThat(ask("ann", "right", OTHER_HASH, Verdict.WRONG)).isEqualTo(Verdict.WRONG);
    assertThat(checks).hasValue(4);
  }

  @Test
  void aWrongPasswordIsCheckedEachTime() {
    for (int i = 0; i < 3; i++) {
      assertThat(ask("ann", "wrong", HASH, Verdict.WRONG)).isEqualTo(Verdict.WRONG);
    }
    assertThat(checks).hasValue(3);
  }

  @Test
  void whatWasNotCheckedIsNotRemembered() {
    assertThat(ask("ann", "right", HASH, Verdict.UNCHECKED)).isEqualTo(Verdict.UNCHECKED);
    assertThat(ask("ann", "right", HASH, Verdict.RIGHT)).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aCheckThatFailedIsNotRemembered() {
    var broken =
        guesses.verdict(
            "ann",
            "right",
            HASH,
            () -> CompletableFuture.failedFuture(new IllegalStateException("no thread")));
    assertThat(broken).isCompletedExceptionally();
    assertThat(ask("ann", "right", HASH, Verdict.RIGHT)).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void manyWhoAskAtOnceShareOneCheck() {
    var answer = new CompletableFuture<Verdict>();
    var first = guesses.verdict("ann", "right", HASH, () -> answer);
    var second =
        guesses.verdict(
            "ann",
            "right",
            HASH,
            () -> {
              throw new AssertionError("checked twice");
            });
    answer.complete(Verdict.RIGHT);
    assertThat(first.join()).isEqualTo(Verdict.RIGHT);
    assertThat(second.join()).isEqualTo(Verdict.RIGHT);
  }
}
