package dev.postroom.imap;

import dev.postroom.directory.MailboxInfo;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomServer;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.TranscriptRun;
import dev.postroom.testing.TranscriptServer;
import dev.postroom.testing.TranscriptSource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;

/** Every conversation under {@code scripts/imap}, each with a mailbox of its own. */
@PostroomTest
class ImapTranscriptTest {
  @Inject TestSessions sessions;
  @Inject Fixtures fixtures;

  @ParameterizedTest
  @TranscriptSource("imap")
  void theServerSaysWhatTheTranscriptSays(TranscriptRun transcript) throws IOException {
    MailboxInfo ann = fixtures.mailbox(fixtures.domain(), "ann");
    var server =
        new TranscriptServer(
            sessions.port("imap"),
            sessions.port("imaps"),
            PostroomServer.certificates().clientContext());
    transcript.hold(server, variables(ann.address().toString()));
  }

  private static Map<String, String> variables(String user) {
    return Map.of(
        "user",
        user,
        "password",
        Fixtures.PASSWORD,
        "login",
        "LOGIN " + user + " " + Fixtures.PASSWORD,
        "user64",
        base64(user),
        "password64",
        base64(Fixtures.PASSWORD),
        "plain64",
        base64("\0" + user + "\0" + Fixtures.PASSWORD));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
