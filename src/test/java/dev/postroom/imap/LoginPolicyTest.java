package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What depends on settings: sessions with their own, over the application's parts. */
@PostroomTest
class LoginPolicyTest {
  @Inject TestSessions sessions;

  @Test
  void passwordsAreNotTakenInPlainText() throws IOException {
    try (var client = sessions.connectWith()) {
      assertThat(client.send("CAPABILITY").untagged().getFirst())
          .contains(" STARTTLS", " LOGINDISABLED")
          .doesNotContain("AUTH=");
      assertThat(client.send(sessions.login()).completion()).startsWith("NO [PRIVACYREQUIRED]");
      assertThat(client.send("AUTHENTICATE PLAIN AGEAYg==").completion())
          .startsWith("NO [PRIVACYREQUIRED]");
    }
  }

  @Test
  void whoDoesNotSignInIsCutOff() throws IOException {
    try (var client = sessions.connectWith("postroom.imap.login-timeout", "100ms")) {
      assertThat(client.response()).startsWith("* BYE");
      assertThatThrownBy(client::response).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void anIdleClientHearsThatTheServerIsThereUntilItsTimeIsUp() throws IOException {
    try (var client =
        sessions.connectWith(
            "postroom.imap.plaintext-login", "true",
            "postroom.imap.still-here", "50ms",
            "postroom.imap.idle-timeout", "400ms")) {
      client.send(sessions.login());
      client.write("i IDLE\r\n");
      assertThat(client.response()).isEqualTo("+ idling");
      assertThat(client.response()).isEqualTo("* OK still here");
      var last = client.response();
      while (last.equals("* OK still here")) {
        last = client.response();
      }
      assertThat(last).startsWith("* BYE");
    }
  }

  @Test
  void aMessageOfTheLimitIsTakenAndOneOctetMoreIsNot() throws IOException {
    try (var client =
        sessions.connectWith(
            "postroom.imap.plaintext-login", "true", "postroom.imap.append-limit", "1000")) {
      client.send(sessions.login());
      var message = "A: b\r\n\r\n" + "x".repeat(992);
      assertThat(client.send("APPEND INBOX {1000+}\r\n" + message).isOk()).isTrue();
      assertThat(client.send("APPEND INBOX {1001}").completion()).startsWith("NO [TOOBIG]");
      assertThat(client.send("NOOP").isOk()).isTrue();
    }
  }

  @Test
  void aCommandOfTheLimitIsTakenAndALongerOneEndsTheConversation() throws IOException {
    try (var client = sessions.connectWith("postroom.imap.max-login-command", "100")) {
      var longest = "ID (\"a\" \"" + "x".repeat(100 - "t1 ID (\"a\" \"\")\r\n".length()) + "\")";
      assertThat(client.send(longest).isOk()).isTrue();
      client.write("t9 ID (\"a\" \"" + "x".repeat(100) + "\")\r\n");
      assertThat(client.response()).isEqualTo("* BYE the command is too long");
    }
  }

  @Test
  void aLiteralThatIsTooLongIsRefusedAndReadPast() throws IOException {
    try (var client = sessions.connectWith("postroom.imap.max-login-command", "100")) {
      assertThat(client.send("LOGIN {200}").completion()).startsWith("BAD");
      assertThat(client.send("LOGIN {200+}\r\n" + "x".repeat(200) + " {5+}\r\nabcde").completion())
          .startsWith("BAD");
      assertThat(client.send("NOOP").isOk()).isTrue();
    }
  }
}
