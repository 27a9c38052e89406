package dev.postroom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** 250 means durable: whatever dies, what was accepted is there, whole, and once. */
class CrashIT {
  private static final int MESSAGES = 4000;
  private static final int CONNECTIONS = 40;
  private static final List<Integer> MAILBOXES = List.of(0, 1, 2);

  @Test
  void everyAcceptedMessageSurvivesTheServersDeath() throws Exception {
    try (var demo = new Demo("demo-crash").startAfresh()) {
      var load = load(demo);
      var sending = inBackground(load);
      Awaitility.await()
          .pollInterval(1, TimeUnit.MILLISECONDS)
          .until(() -> load.accepted().size() > MESSAGES / 4);
      demo.killServer();
      sending.get(1, TimeUnit.MINUTES);

      assertThat(load.accepted().size()).as("killed in the middle").isLessThan(MESSAGES);
      demo.startAgain();
      assertEveryAcceptedMessageIsWhole(load, demo);
    }
  }

  @Test
  void theServerOutlivesItsDatabase() throws Exception {
    try (var demo = new Demo("demo-database").startAfresh()) {
      var load = load(demo);
      var sending = inBackground(load);
      Awaitility.await()
          .pollInterval(1, TimeUnit.MILLISECONDS)
          .until(() -> load.accepted().size() > MESSAGES / 8);
      demo.killDatabase();
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> load.turnedAway() > 0);
      // deploy/demo starts it again
      sending.get(2, TimeUnit.MINUTES);

      Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> takesMail(demo));
      assertEveryAcceptedMessageIsWhole(load, demo);
    }
  }

  private static List<String> recipients(Demo demo) {
    return MAILBOXES.stream().map(number -> demo.mailbox(number).address()).toList();
  }

  /** Enough at a time that most transactions deliver several messages to several mailboxes. */
  private static SmtpLoad load(Demo demo) {
    return new SmtpLoad("load", demo.port("smtp"), recipients(demo), MESSAGES, CONNECTIONS);
  }

  private static boolean takesMail(Demo demo) throws InterruptedException {
    var one = new SmtpLoad("probe", demo.port("smtp"), recipients(demo), 1, 1);
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
  private static void assertEveryAcceptedMessageIsWhole(SmtpLoad load, Demo demo)
      throws MessagingException, IOException {
    var sent = Set.copyOf(load.sent().values());
    for (int number : MAILBOXES) {
      var login = demo.mailbox(number);
      var stored =
          Maildrop.read(demo, login).stream()
              .filter(text -> text.contains("Subject: load-"))
              .map(text -> text.substring(text.indexOf("From: load@")))
              .toList();
      assertThat(stored).as("whole, and once").isSubsetOf(sent).doesNotHaveDuplicates();
      assertThat(stored).containsAll(load.accepted(login.address()).values());
    }
  }
}
