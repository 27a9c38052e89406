package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.message.MessageSummary;
import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** APPEND at its limits; what it is otherwise is in the transcripts. */
@PostroomTest
class AppendTest {
  private static final String ONE = "{16+}\r\nSubject: one\r\n\r\n";

  @Inject TestSessions sessions;

  private ImapClient signedIn(String... settings) throws IOException {
    var all = new String[settings.length + 2];
    System.arraycopy(settings, 0, all, 0, settings.length);
    all[settings.length] = "postroom.imap.plaintext-login";
    all[settings.length + 1] = "true";
    var client = sessions.connectWith(all);
    assertThat(client.send(sessions.login()).isOk()).isTrue();
    return client;
  }

  @Test
  void aLongMessageThatIsNotWantedIsReadPastAndNotTakenForCommands() throws IOException {
    try (var client = signedIn()) {
      for (int length : new int[] {64 * 1024, 64 * 1024 + 14, 1024 * 1024}) {
        var message = "x1 LOGOUT\r\nx2 LOGOUT\r\n".repeat(length / 22 + 1).substring(0, length);
        var answer = client.send("APPEND Nowhere {" + length + "+}\r\n" + message);
        assertThat(answer.completion()).startsWith("NO [TRYCREATE]");
        assertThat(answer.untagged()).isEmpty();
      }
      assertThat(client.send("NOOP").isOk()).isTrue();
    }
  }

  @Test
  void aMessageIsAsLargeAsTheLimit() throws IOException {
    try (var client = signedIn("postroom.imap.append-limit", "1K")) {
      var message = "A: b\r\n\r\n" + "x".repeat(1016);
      assertThat(client.send("APPEND INBOX {1024+}\r\n" + message).completion()).startsWith("OK");
      assertThat(client.send("APPEND INBOX {1025+}\r\n" + message + "x").completion())
          .startsWith("NO [TOOBIG]");
    }
    try (var client = signedIn("postroom.imap.append-limit", "1K")) {
      var half = "A: b\r\n\r\n" + "x".repeat(504);
      var catenate = "APPEND INBOX CATENATE (TEXT {512+}\r\n" + half + " TEXT {%d+}\r\n%s)";
      assertThat(client.send(catenate.formatted(512, "y".repeat(512))).completion())
          .startsWith("OK");
      assertThat(client.send(catenate.formatted(513, "y".repeat(513))).completion())
          .startsWith("NO [TOOBIG]");
      var twice = "APPEND INBOX CATENATE (URL \"/INBOX/;UID=1\" URL \"/INBOX/;UID=1\")";
      assertThat(client.send(twice).completion()).startsWith("NO [TOOBIG]");
    }
  }

  @Test
  void oneCommandTakesSoManyMessages() throws IOException {
    int limit = MessageIntake.MAX_MESSAGES;
    try (var client = signedIn()) {
      var whole = client.send("APPEND INBOX" + (" " + ONE).repeat(limit));
      assertThat(whole.completion()).contains(" 1:" + limit + "]");
      assertThat(client.send("APPEND INBOX" + (" " + ONE).repeat(limit + 1)).completion())
          .startsWith("NO [LIMIT]");
      assertThat(client.send("STATUS INBOX (MESSAGES)").untagged())
          .containsExactly("* STATUS \"INBOX\" (MESSAGES " + limit + ")");
    }
  }

  @Test
  void headersAndSummariesOfOneCommandHaveALimit() throws IOException {
    var message = "X: " + "x".repeat(65_000) + "\r\n\r\n";
    var scanned =
        MessageSummary.scan(
            new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)));
    long each = scanned.header().length + scanned.summary().encode().length;
    int limit = Math.toIntExact(MessageIntake.MAX_HELD / each);
    try (var client = signedIn()) {
      client.send("APPEND Sent {" + message.length() + "+}\r\n" + message);
      var copy = " CATENATE (URL \"/Sent/;UID=1\")";
      assertThat(client.send("APPEND INBOX" + copy.repeat(limit)).completion())
          .contains(" 1:" + limit + "]");
      assertThat(client.send("APPEND INBOX" + copy.repeat(limit + 1)).completion())
          .startsWith("NO [LIMIT]");
      assertThat(client.send("STATUS INBOX (MESSAGES)").untagged())
          .containsExactly("* STATUS \"INBOX\" (MESSAGES " + limit + ")");
    }
  }

  @Test
  void aPartThatIsTooLongToHoldIsDecodedAsItGoesOut() throws IOException {
    try (var client = signedIn()) {
      for (int length : new int[] {DecodedPart.MAX_HELD, DecodedPart.MAX_HELD + 3}) {
        var message = "Content-Transfer-Encoding: base64\r\n\r\n" + "YWJj\r\n".repeat(length / 3);
        var text = "abc".repeat(length / 3);
        client.send("SELECT INBOX");
        var appended = client.send("APPEND INBOX {" + message.length() + "+}\r\n" + message);
        assertThat(appended.completion()).startsWith("OK");
        var got = client.send("FETCH * (BINARY.SIZE[1] BINARY.PEEK[1] BINARY.PEEK[1]<65530.9>)");
        assertThat(got.untagged().getFirst())
            .endsWith(
                "(BINARY.SIZE[1] %d BINARY[1] ~{%d}\r\n%s BINARY[1]<65530> ~{%d}\r\n%s)"
                    .formatted(
                        text.length(),
                        text.length(),
                        text,
                        Math.min(9, text.length() - 65530),
                        text.substring(65530, Math.min(65539, text.length()))));
      }
    }
  }
}
