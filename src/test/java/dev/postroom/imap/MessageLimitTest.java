package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.PostroomTest;
import jakarta.inject.Inject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9738, with three messages for a command and five in the folder. */
@PostroomTest
class MessageLimitTest {
  @Inject TestSessions sessions;
  private ImapClient client;

  @BeforeEach
  void selectAFolderOfFiveMessages() throws IOException {
    client =
        sessions.connectWith(
            "postroom.imap.plaintext-login", "true", "postroom.imap.message-limit", "3");
    client.send(sessions.login());
    for (int i = 1; i <= 5; i++) {
      client.send("APPEND INBOX {14+}\r\nSubject: " + i + "\r\n\r\n");
    }
    assertThat(client.send("SELECT INBOX").untagged()).contains("* 5 EXISTS");
  }

  @AfterEach
  void goAway() throws IOException {
    client.close();
  }

  @Test
  void theLimitIsAnnounced() throws IOException {
    assertThat(client.send("CAPABILITY").untagged().getFirst()).contains(" MESSAGELIMIT=3");
  }

  @Test
  void fetchAnswersForTheHighestUids() throws IOException {
    var answer = client.send("FETCH 1:* UID");
    assertThat(answer.completion()).startsWith("OK [MESSAGELIMIT 3 3]");
    assertThat(answer.untagged())
        .containsExactly("* 3 FETCH (UID 3)", "* 4 FETCH (UID 4)", "* 5 FETCH (UID 5)");
  }

  @Test
  void asManyAsTheLimitIsNotTooMany() throws IOException {
    assertThat(client.send("UID FETCH 1:3 UID").completion()).isEqualTo("OK FETCH done");
    assertThat(client.send("UID FETCH 3:9 UID").completion()).isEqualTo("OK FETCH done");
    assertThat(client.send("COPY 1,3,5 INBOX").completion()).startsWith("OK [COPYUID");
  }

  @Test
  void storeChangesThoseOnly() throws IOException {
    assertThat(client.send("UID STORE 1:5 +FLAGS (\\Flagged)").completion())
        .startsWith("OK [MESSAGELIMIT 3 3]");
    assertThat(client.send("SEARCH UID 1:2 FLAGGED").untagged()).containsExactly("* SEARCH");
    assertThat(client.send("SEARCH UID 3:5 FLAGGED").untagged()).containsExactly("* SEARCH 3 4 5");
  }

  @Test
  void aSearchOfTheSelectedFolderByEsearchTellsTheSame() throws IOException {
    var answer = client.send("ESEARCH RETURN (ALL) SUBJECT \"\"");
    assertThat(answer.untagged().getFirst()).endsWith(" ALL 3:5");
    assertThat(answer.completion()).startsWith("OK [MESSAGELIMIT 3 3]");
    var rest = client.send("ESEARCH RETURN (ALL) UIDBEFORE 3");
    assertThat(rest.untagged().getFirst()).endsWith(" ALL 1:2");
    assertThat(rest.completion()).isEqualTo("OK ESEARCH done");
  }

  @Test
  void searchLooksAtTheHighestUidsAndGoesOnBelow() throws IOException {
    var answer = client.send("UID SEARCH SUBJECT \"\"");
    assertThat(answer.untagged()).containsExactly("* SEARCH 3 4 5");
    assertThat(answer.completion()).startsWith("OK [MESSAGELIMIT 3 3]");
    var rest = client.send("UID SEARCH SUBJECT \"\" UIDBEFORE 3");
    assertThat(rest.untagged()).containsExactly("* SEARCH 1 2");
    assertThat(rest.completion()).isEqualTo("OK SEARCH done");
    var last = client.send("SEARCH UIDAFTER 4");
    assertThat(last.untagged()).containsExactly("* SEARCH 5");
    assertThat(client.send("SEARCH UIDAFTER 5").untagged()).containsExactly("* SEARCH");
    assertThat(client.send("SEARCH UIDBEFORE 1").untagged()).containsExactly("* SEARCH");
  }

  @Test
  void copyIsAllOrNothing() throws IOException {
    assertThat(client.send("COPY 1:* INBOX").completion()).startsWith("NO [MESSAGELIMIT 3 3]");
    assertThat(client.send("NOOP").untagged()).isEmpty();
  }

  @Test
  void moveTellsBesideItsOwnCode() throws IOException {
    var answer = client.send("MOVE 1:* Trash");
    assertThat(answer.completion()).startsWith("OK [MESSAGELIMIT 3 3]");
    assertThat(answer.untagged()).filteredOn(line -> line.endsWith("EXPUNGE")).hasSize(3);
    assertThat(answer.untagged().getFirst()).startsWith("* OK [COPYUID ").contains(" 3:5 1:3]");
  }

  @Test
  void expungeHasNoLimitButUidExpungeHas() throws IOException {
    client.send("UID STORE 1:3 +FLAGS.SILENT (\\Deleted)");
    client.send("UID STORE 4:5 +FLAGS.SILENT (\\Deleted)");
    var some = client.send("UID EXPUNGE 1:*");
    assertThat(some.untagged()).containsExactly("* 3 EXPUNGE", "* 3 EXPUNGE", "* 3 EXPUNGE");
    assertThat(some.completion()).startsWith("OK [MESSAGELIMIT 3 3]");
    client.send("APPEND INBOX (\\Deleted) {14+}\r\nSubject: 6\r\n\r\n");
    client.send("APPEND INBOX (\\Deleted) {14+}\r\nSubject: 7\r\n\r\n");
    assertThat(client.send("EXPUNGE").untagged()).filteredOn(l -> l.endsWith("EXPUNGE")).hasSize(4);
  }
}
