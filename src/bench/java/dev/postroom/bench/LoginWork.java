package dev.postroom.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * IMAP logins over fresh connections, ten clients at the same time, for a few seconds. Cached: the
 * same user again and again; uncached: each login another user. The hash is the same on both sides.
 */
final class LoginWork implements Work {
  private static final int CLIENTS = 10;
  private static final int USERS = 3000;
  private static final int WARM_SECONDS = 4;
  private static final int SMALL_BUFFER = 512;
  private static final double NANOS = 1e9;

  private final AtomicInteger nextUser = new AtomicInteger();

  @Override
  public String name() {
    return "login";
  }

  @Override
  public List<String> variants(Setting setting) {
    return List.of("cached", "uncached");
  }

  @Override
  public void prepare(Side side, Setting setting) {
    side.addMailboxes("login", 1);
    for (int round = 1; round <= setting.rounds(); round++) {
      side.addMailboxes("user" + round, USERS);
    }
    // both have been running for a while
    side.addMailboxes("warm", USERS);
    repeat(side, 1, () -> "1login");
    repeat(side, WARM_SECONDS, () -> Math.min(USERS, nextUser.incrementAndGet()) + "warm");
  }

  @Override
  public void run(Run run) {
    int seconds = run.setting().count(4, 3);
    nextUser.set(0);
    run.timed(
        () ->
            run.variant().equals("cached")
                ? repeat(run.side(), seconds, () -> "1login")
                : repeat(
                    run.side(),
                    seconds,
                    () -> Math.min(USERS, nextUser.incrementAndGet()) + "user" + run.round()));
  }

  private static int repeat(Side side, int seconds, Supplier<String> user) {
    long end = System.nanoTime() + (long) (seconds * NANOS);
    var logins = new AtomicInteger();
    Together.run(
        CLIENTS,
        _ -> {
          while (System.nanoTime() < end) {
            try (var client = new ImapClient(side.imap(), SMALL_BUFFER)) {
              client.login(user.get());
              client.command("LOGOUT");
              logins.incrementAndGet();
            }
          }
        });
    return logins.get();
  }
}
