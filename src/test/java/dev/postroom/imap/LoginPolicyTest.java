package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.net.NetConfig;
import dev.postroom.net.VertxListeners;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import dev.postroom.testing.Settings;
import dev.postroom.tls.Certificates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What depends on settings: sessions with their own, over the application's parts. */
@PostroomTest
class LoginPolicyTest {
  @Inject TestSessions sessions;
  @Inject Vertx vertx;
  @Inject Certificates certificates;
  @Inject Fixtures fixtures;
  @Inject Mailboxes mailboxes;

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
            "postroom.imap.idle-timeout", "4s")) {
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
  void aServerThatStopsSaysByeInIdleAndOutsideIt() throws IOException {
    for (boolean idles : new boolean[] {true, false}) {
      var own =
          new VertxListeners(
              vertx, certificates, Settings.of(NetConfig.class), new SimpleMeterRegistry());
      try (var client = sessions.connectTo(own)) {
        client.send(sessions.login());
        if (idles) {
          client.write("i IDLE\r\n");
          assertThat(client.response()).isEqualTo("+ idling");
        }
        var stopping = Thread.ofVirtual().start(own::close);
        assertThat(client.response()).startsWith("* BYE");
        assertThatThrownBy(client::response).isInstanceOf(EOFException.class);
        assertThat(stopping).isNotNull();
      } finally {
        own.close();
      }
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

  @Test
  void aConnectionDoesNotOutlastTheRightToSignIn() throws IOException {
    var ann = fixtures.mailbox(fixtures.domain(), "ann");
    try (var client =
            sessions.connectWith(
                "postroom.imap.plaintext-login", "true", "postroom.imap.welcome-check", "0s");
        var idle =
            sessions.connectWith(
                "postroom.imap.plaintext-login", "true",
                "postroom.imap.welcome-check", "0s",
                "postroom.imap.still-here", "50ms")) {
      for (var one : List.of(client, idle)) {
        one.send("LOGIN " + ann.address() + " " + Fixtures.PASSWORD);
        assertThat(one.send("SELECT INBOX").isOk()).isTrue();
      }
      idle.write("i IDLE\r\n");
      assertThat(idle.response()).isEqualTo("+ idling");
      mailboxes.suspend(Viewer.SERVER, ann.id(), Suspension.all("unpaid"));
      var answer = client.send("FETCH 1:* FLAGS");
      assertThat(answer.untagged()).containsExactly("* BYE this mailbox is suspended: unpaid");
      assertThat(answer.completion()).startsWith("NO [CONTACTADMIN]");
      assertThatThrownBy(client::response).isInstanceOf(EOFException.class);
      var heard = idle.response();
      while (heard.equals("* OK still here")) {
        heard = idle.response();
      }
      assertThat(heard).isEqualTo("* BYE this mailbox is suspended: unpaid");
    }
  }
}
