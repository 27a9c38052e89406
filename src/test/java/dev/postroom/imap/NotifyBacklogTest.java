package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** RFC 5465 §5.8, with two changes that may wait. */
@PostroomTest
class NotifyBacklogTest {
  @Inject TestSessions sessions;

  @Test
  void whoHearsTooLittleIsToldSoAndHearsNoMore() throws IOException {
    var login = sessions.login();
    try (var listener =
            sessions.connectWith(
                "postroom.imap.plaintext-login", "true", "postroom.imap.notify-backlog", "2");
        var other = sessions.connect()) {
      listener.send(login);
      other.send(login);
      assertThat(listener.send("NOTIFY SET (personal (MailboxName))").isOk()).isTrue();
      other.send("CREATE a");
      assertThat(listener.response()).isEqualTo("* LIST (\\HasNoChildren) \"/\" \"a\"");
      other.send("CREATE a/b/c"); // two folders in one transaction are not too many
      assertThat(listener.response()).startsWith("* LIST (\\HasChildren) \"/\" \"a/b\"");
      assertThat(listener.response()).startsWith("* LIST (\\HasChildren) \"/\" \"a\"");
      assertThat(listener.response()).startsWith("* LIST (\\HasNoChildren) \"/\" \"a/b/c\"");
      listener.write("x1 FETCH 1 (UID) {10}\r\n"); // begins a command, and so does not listen
      assertThat(listener.response()).startsWith("+ ");
      other.send("CREATE d/e/f");
      listener.write("0123456789\r\n");
      assertThat(listener.response()).startsWith("x1 BAD");
      assertThat(listener.response()).startsWith("* OK [NOTIFICATIONOVERFLOW]");
      other.send("CREATE g");
      assertThat(listener.send("NOOP").untagged()).isEmpty();
      assertThat(listener.send("NOTIFY SET (personal (MailboxName))").isOk()).isTrue();
      other.send("DELETE g");
      assertThat(listener.response()).isEqualTo("* LIST (\\NonExistent) \"/\" \"g\"");
    }
  }
}
