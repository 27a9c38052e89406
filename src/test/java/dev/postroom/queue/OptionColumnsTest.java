package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.BodyType;
import dev.postroom.mail.DeliverBy;
import dev.postroom.mail.DsnNotify;
import dev.postroom.mail.DsnReturn;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.testing.MariaDb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionColumnsTest {
  private static MariaDb database;
  @TempDir Path folder;

  @BeforeAll
  static void startDatabase() throws Exception {
    database = MariaDb.start();
    TestQueue.migrate(database);
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  private static Entry claimed(TestQueue queue) {
    return queue.claim("a".repeat(16), "example.net", 10).getFirst();
  }

  @Test
  void whatWasAskedIsStillAskedWhenTheMessageIsSent() throws Exception {
    try (var queue = new TestQueue(database, folder)) {
      var deadline = queue.clock.instant().plusSeconds(600);
      var mail =
          new MailOptions(
              BodyType.BINARY_MIME,
              true,
              true,
              -9,
              new DeliverBy(deadline, DeliverBy.Mode.RETURN, true),
              null,
              DsnReturn.HDRS,
              "QQ314159");
      var recipient =
          new RecipientOptions(
              Set.of(DsnNotify.SUCCESS, DsnNotify.DELAY), "rfc822;Ben+x@example.net");
      queue.insert(List.of(TestQueue.asked(message(queue), mail, recipient)));
      var entry = claimed(queue);
      assertThat(entry.options()).isEqualTo(mail);
      assertThat(entry.recipientOptions()).isEqualTo(recipient);
    }
  }

  @Test
  void nothingAskedIsNothingAsked() throws Exception {
    try (var queue = new TestQueue(database, folder)) {
      queue.insert(List.of(message(queue)));
      var entry = claimed(queue);
      assertThat(entry.options()).isEqualTo(MailOptions.NONE);
      assertThat(entry.recipientOptions()).isEqualTo(RecipientOptions.NONE);
    }
  }

  @Test
  void aMessageThatIsHeldLivesAsLongFromItsReleaseOn() throws Exception {
    try (var queue = new TestQueue(database, folder)) {
      var release = queue.clock.instant().plus(Duration.ofDays(30));
      var held = MailOptions.NONE.withHoldUntil(release);
      queue.insert(List.of(TestQueue.asked(message(queue), held, RecipientOptions.NONE)));
      assertThat(queue.<Boolean>transaction(c -> Claims.nextDue(c).orElseThrow().equals(release)))
          .isTrue();
      queue.clock.forward(Duration.ofDays(30));
      assertThat(claimed(queue).expiresAt()).isEqualTo(release.plus(queue.config().lifetime()));
    }
  }

  private static Outgoing message(TestQueue queue) throws IOException {
    return queue.message("ann@postroom.test", "ben@example.net", TestQueue.MAIL);
  }
}
