package dev.postroom.smtp.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SmtpReplyTest {
  @Test
  void everyLineCarriesCodeAndStatus() {
    assertThat(SmtpReply.of(550, "5.1.1", "no such mailbox", "ask postmaster").encode())
        .isEqualTo("550-5.1.1 no such mailbox\r\n550 5.1.1 ask postmaster\r\n");
    assertThat(SmtpReply.plain(250, "mail.test", "PIPELINING").encode())
        .isEqualTo("250-mail.test\r\n250 PIPELINING\r\n");
  }

  @Test
  void textFromElsewhereCannotForgeALine() {
    assertThat(SmtpReply.of(550, "5.1.1", "no\r\n250 yes").encode())
        .isEqualTo("550 5.1.1 no  250 yes\r\n");
  }

  @Test
  void noLineIsLongerThan512Octets() {
    assertThat(SmtpReply.of(550, "5.1.1", "x".repeat(2000)).encode().length()).isLessThan(512);
  }

  @Test
  void whatIsEncodedIsReadBack() throws Exception {
    var reply = SmtpReply.of(452, "4.2.2", "full", "come back later");
    assertThat(SmtpReplyParser.parse(reply.encode().lines().toList())).isEqualTo(reply);
  }

  @Test
  void aStatusOfAnotherClassIsText() throws Exception {
    var reply = SmtpReplyParser.parse(List.of("250 5.1.1 odd"));
    assertThat(reply.status()).isNull();
    assertThat(reply.text()).isEqualTo("5.1.1 odd");
  }

  @Test
  void aBareCodeIsAReply() throws Exception {
    var reply = SmtpReplyParser.parse(List.of("250"));
    assertThat(reply.code()).isEqualTo(250);
    assertThat(reply.text()).isEmpty();
  }

  @Test
  void ehloLinesKeepTheirText() throws Exception {
    var reply = SmtpReplyParser.parse(List.of("250-mail.test hello", "250-SIZE 1000", "250 DSN"));
    assertThat(reply.lines()).containsExactly("mail.test hello", "SIZE 1000", "DSN");
  }

  @Test
  void malformedRepliesAreRefused() {
    for (var lines :
        List.of(
            List.of("hello"),
            List.of("25 x"),
            List.of("2500 x"),
            List.of("650 x"),
            List.of("250-a", "251 b"),
            List.of("250-a"),
            List.of("250 a", "250 b"),
            List.<String>of())) {
      assertThatThrownBy(() -> SmtpReplyParser.parse(lines))
          .as("%s", lines)
          .isInstanceOf(InvalidReplyException.class);
    }
  }

  @Test
  void anEndlessReplyIsCutOff() {
    var lines = java.util.Collections.nCopies(SmtpReplyParser.MAX_LINES + 1, "250-more");
    assertThatThrownBy(() -> SmtpReplyParser.parse(lines))
        .isInstanceOf(InvalidReplyException.class);
  }

  @Property
  void noTextMakesTheParserThrowAnythingElse(@ForAll List<String> lines) {
    try {
      SmtpReplyParser.parse(lines);
    } catch (InvalidReplyException refused) {
      assertThat(refused).hasMessageContaining(" ");
    }
  }
}
