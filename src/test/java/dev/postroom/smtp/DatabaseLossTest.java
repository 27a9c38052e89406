package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.net.Listeners;
import dev.postroom.smtp.syntax.SmtpReply;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** MariaDB goes away under load, and comes back. */
@PostroomTest
class DatabaseLossTest {
  private static final int SESSIONS = 10;

  @Inject Fixtures fixtures;
  @Inject Listeners listeners;
  @Inject Inboxes inboxes;

  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final Queue<SmtpReply> refusals = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void clientsHear4xxWhileItIsAwayAndNothingThatWasTakenIsLost() throws Exception {
    var mailbox = fixtures.mailbox(fixtures.domain(), "ann");
    var recipient = mailbox.address().toString();
    try (var sessions = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SESSIONS; i++) {
        sessions.submit(() -> converse(recipient));
      }
      await(() -> taken.size() >= 50);
      PostroomServer.database().kill();
      await(() -> refusals.size() >= SESSIONS);
      PostroomServer.database().launch();
      int before = taken.size();
      await(() -> taken.size() >= before + 50);
      over.set(true);
    }
    assertThat(broken).isEmpty();
    assertThat(refusals)
        .allSatisfy(reply -> assertThat(reply.isTransientFailure()).as("%s", reply).isTrue())
        .extracting(SmtpReply::toString)
        .anyMatch(reply -> reply.startsWith("451 4.3.0 "));
    assertEveryMessageTakenIsThereOnceAndWhole(mailbox.id());
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(condition);
  }

  /** One connection for all of it: the conversation goes on whatever happens to the database. */
  private void converse(String recipient) {
    try (var talk = Talk.with(port())) {
      talk.expect(250, "EHLO there.test");
      while (!over.get()) {
        send(talk, recipient);
      }
    } catch (IOException | AssertionError failed) {
      broken.add(failed);
    }
  }

  private void send(Talk talk, String recipient) throws IOException {
    var subject = "number " + number.incrementAndGet() + ".";
    if (isFine(talk.say("MAIL FROM:<me@there.test>"))
        && isFine(talk.say("RCPT TO:<" + recipient + ">"))
        && isFine(talk.say("DATA"))
        && isFine(talk.say("Subject: " + subject + "\r\n\r\nthe end\r\n."))) {
      taken.add(subject);
    } else {
      talk.expect(250, "RSET");
    }
  }

  private boolean isFine(SmtpReply reply) {
    if (!reply.isPositive()) {
      refusals.add(reply);
    }
    return reply.isPositive();
  }

  private void assertEveryMessageTakenIsThereOnceAndWhole(long mailboxId) throws IOException {
    var found = new ConcurrentHashMap<String, Integer>();
    for (String message : inboxes.all(mailboxId)) {
      assertThat(message).endsWith("\r\n\r\nthe end\r\n");
      int start = message.indexOf("Subject: ") + "Subject: ".length();
      found.merge(message.substring(start, message.indexOf("\r\n", start)), 1, Integer::sum);
    }
    assertThat(found.keySet()).containsAll(taken);
    assertThat(found.values()).containsOnly(1);
  }

  private int port() {
    return listeners.all().stream()
        .filter(open -> open.endpoint().name().equals(Service.RECEIVING.label()))
        .findFirst()
        .orElseThrow()
        .port();
  }
}
