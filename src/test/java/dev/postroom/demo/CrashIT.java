package dev.postroom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** 250 means durable: whatever dies, what was accepted is there, whole, and once. */
class CrashIT {
  private static final int MESSAGES = 2000;
  private static final int CONNECTIONS = 10;

  @Test
  void everyAcceptedMessageSurvivesTheServersDeath() throws Exception {
    try (var demo = new Demo("demo-crash").startAfresh()) {
      var ann = demo.mailbox(0);
      var load = new SmtpLoad("load", demo.port("smtp"), ann.address(), MESSAGES, CONNECTIONS);
      var sending = inBackground(load);
      Awaitility.await()
          .pollInterval(1, TimeUnit.MILLISECONDS)
          .until(() -> load.accepted().size() > MESSAGES / 4);
      demo.killServer();
      sending.get(1, TimeUnit.MINUTES);

      assertThat(load.accepted().size()).as("killed in the middle").isLessThan(MESSAGES);
      demo.startAgain();
      assertEveryAcceptedMessageIsWhole(load, Maildrop.read(demo, ann));
    }
  }

  @Test
  void theServerOutlivesItsDatabase() throws Exception {
    try (var demo = new Demo("demo-database").startAfresh()) {
      var ann = demo.mailbox(0);
      var load = new SmtpLoad("load", demo.port("smtp"), ann.address(), MESSAGES, CONNECTIONS);
      var sending = inBackground(load);
      Awaitility.await()
          .pollInterval(1, TimeUnit.MILLISECONDS)
          .until(() -> load.accepted().size() > MESSAGES / 8);
      demo.killDatabase();
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> load.turnedAway() > 0);
      // deploy/demo starts it again
      sending.get(2, TimeUnit.MINUTES);

      Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> takesMail(demo, ann));
      assertEveryAcceptedMessageIsWhole(load, Maildrop.read(demo, ann));
    }
  }

  private static boolean takesMail(Demo demo, Demo.Login recipient) throws InterruptedException {
    var one = new SmtpLoad("probe", demo.port("smtp"), recipient.address(), 1, 1);
    one.run();
    return one.accepted().size() == 1;
  }

  private static CompletableFuture<Void> inBackground(SmtpLoad load) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            load.run();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Each as it was sent, behind the lines that the server put on top. */
  private static void assertEveryAcceptedMessageIsWhole(SmtpLoad load, List<String> stored) {
    load.accepted()
        .forEach(
            (subject, text) ->
                assertThat(stored).as(subject).filteredOn(s -> s.endsWith(text)).hasSize(1));
    assertThat(stored)
        .as("nothing is there by half")
        .filteredOn(s -> s.contains("Subject: load-"))
        .allMatch(s -> load.sent().values().stream().anyMatch(s::endsWith));
  }
}
