package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postroom.testing.PostroomTest;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEARCH TEXT and BODY answer the same with an index, with a part of one, and without. */
@PostroomTest
class SearchIndexTest {
  private static final int FILL = 64;

  private static final List<String> KEYS =
      List.of(
          "TEXT " + literal("gr\u00fcn"),
          "TEXT " + literal("GR\u00dcNEN"),
          "TEXT " + literal("\u6771\u4eac"),
          "BODY " + literal("\u6771\u4eac\u90fd"),
          "TEXT " + literal("\u4eac"),
          "BODY inner",
          "TEXT \"inner subject\"",
          "BODY \"<b>bold\"",
          "TEXT filler",
          "BODY filler",
          "TEXT fillerx",
          "NOT TEXT filler",
          "OR BODY bold SUBJECT absent",
          "OR TEXT absent SUBJECT filler UID 1:5",
          "TEXT \"\"",
          "TEXT \".\"",
          "TEXT \"iller numbe\"",
          "UNSEEN TEXT number BODY 17",
          "BODY image");

  @Inject TestSessions sessions;
  @Inject AgroalDataSource dataSource;

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String literal(String text) {
    return "{" + octets(text).length() + "+}\r\n" + octets(text);
  }

  private static void append(ImapClient client, String message) throws IOException {
    var answer = client.send("APPEND INBOX " + literal(message));
    assertThat(answer.isOk()).as(answer.completion()).isTrue();
  }

  private static void fill(ImapClient client) throws IOException {
    append(client, "Subject: =?utf-8?q?Im_Gr=C3=BCnen?=\r\n\r\nno more");
    append(
        client,
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
            + "\r\n\r\nim gr=C3=\r\n=BCnen");
    append(
        client,
        "Content-Type: text/plain; charset=iso-2022-jp\r\nContent-Transfer-Encoding: base64"
            + "\r\n\r\nGyRCRWw1fkVUGyhC\r\n"); // 東京都
    append(client, "Content-Type: text/html\r\n\r\n<p>an <b>bold</b> word");
    append(
        client,
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822"
            + "\r\n\r\nSubject: inner subject\r\n\r\ninner text\r\n--b\r\nContent-Type: image/png"
            + "\r\n\r\nimage\r\n--b--\r\n");
    for (int i = 0; i < FILL; i++) {
      append(client, "Subject: filler\r\n\r\nnumber " + i);
    }
  }

  private static List<String> answers(ImapClient client) throws IOException {
    var answers = new ArrayList<String>();
    for (var key : KEYS) {
      var answer = client.send("UID SEARCH CHARSET UTF-8 " + key);
      assertThat(answer.isOk()).as(key + answer.completion()).isTrue();
      answers.add(key + ": " + answer.untagged());
    }
    return answers;
  }

  private long indexed() {
    var query =
        "select coalesce(sum(messages), 0) from search_segment"
            + " where folder_id = (select max(folder_id) from message)";
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(query);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void anIndexChangesNoAnswer() throws IOException {
    try (var client = sessions.connect()) {
      client.send(sessions.login());
      fill(client);
      client.send("SELECT INBOX");
      var before = answers(client);
      await().until(() -> indexed() >= FILL);
      assertThat(answers(client)).isEqualTo(before);

      assertThat(client.send("SEARCH TEXT filler").untagged().getFirst())
          .as("the first is the message after the special ones")
          .startsWith("* SEARCH 6 7 ");
      append(client, "Subject: filler\r\n\r\nafter the index");
      assertThat(client.send("SEARCH BODY \"after the\"").untagged()).contains("* SEARCH 70");
      assertThat(client.send("SEARCH BODY inner").untagged()).containsExactly("* SEARCH 5");

      client.send("COPY 5 Archive");
      client.send("MOVE 4 Archive");
      client.send("STORE 4 +FLAGS.SILENT (\\Deleted)");
      client.send("EXPUNGE");
      assertThat(client.send("SEARCH BODY inner").untagged()).containsExactly("* SEARCH");
      assertThat(client.send("SEARCH BODY bold").untagged()).containsExactly("* SEARCH");
      client.send("SELECT Archive");
      assertThat(client.send("SEARCH BODY inner").untagged()).containsExactly("* SEARCH 1");
    }
  }
}
