package dev.postroom.imap;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.IOException;
import org.junit.jupiter.api.Test;

@PostroomTest
class DatabaseAwayTest {
  @Inject TestSessions sessions;

  @Test
  void aSessionOutlivesTheDatabaseAndTakesNoContentForCommands() throws Exception {
    try (var client = sessions.connect()) {
      client.send(sessions.login());
      client.send("APPEND INBOX {16+}\r\nSubject: one\r\n\r\n");
      client.send("SELECT INBOX");
      PostroomServer.database().kill();
      try {
        var content = "Subject: one\r\n\r\nt9 LOGOUT\r\n";
        var append = client.send("APPEND INBOX {" + content.length() + "+}\r\n" + content);
        assertThat(append.completion()).startsWith("NO [UNAVAILABLE]");
        assertThat(append.untagged()).isEmpty();
        assertThat(client.send("STORE 1 +FLAGS (\\Seen)").completion())
            .startsWith("NO [UNAVAILABLE]");
        assertThat(client.send("NOOP").untagged()).isEmpty();
      } finally {
        PostroomServer.database().launch();
      }
      await().atMost(20, SECONDS).until(() -> stores(client));
      assertThat(client.send("FETCH 1 FLAGS").untagged())
          .containsExactly("* 1 FETCH (FLAGS (\\Seen))");
    }
  }

  private static boolean stores(ImapClient client) throws IOException {
    return client.send("STORE 1 +FLAGS (\\Seen)").isOk();
  }
}
