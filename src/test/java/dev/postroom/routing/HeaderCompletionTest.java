package dev.postroom.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.MailAddress;
import dev.postroom.mail.TraceId;
import dev.postroom.sending.Reservation;
import dev.postroom.testing.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderCompletionTest {
  private static final MailAddress ANN = MailAddress.parse("ann@alpha.test");
  private static final String COMPLETE =
      "Date: Sun, 1 Mar 2026 10:00:00 +0000\r\nMessage-ID: <1@alpha.test>\r\n"
          + "From: Ann <ann@alpha.test>\r\n";

  record Result(String message, String refusal) {}

  private static Result complete(String message) throws IOException {
    return complete(message, message.length());
  }

  private static Result complete(String message, int chunk) throws IOException {
    var written = new ByteArrayOutputStream();
    var header =
        new SubmittedHeader(
            new Sender(1, 2, ANN, Reservation.FREE),
            ANN::sameMailboxAs,
            new TraceId("0123456789abcdef"),
            "mail.test",
            new TestClock());
    var filter = new HeaderCompletion(written, header::complete);
    byte[] octets = message.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < octets.length; at += chunk) {
      filter.write(octets, at, Math.min(chunk, octets.length - at));
    }
    filter.finish();
    return new Result(
        written.toString(StandardCharsets.UTF_8),
        filter.refusal().map(refusal -> refusal.status() + " " + refusal.why()).orElse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        COMPLETE + "\r\nbody\r\n",
        COMPLETE + "Subject: a\r\n folded: one\r\n\r\n",
        COMPLETE + "X : old\r\n\r\n\r\nFrom: no header any more\r\n\r\n",
      })
  void aCompleteMessageStaysAsItIs(String message) throws IOException {
    assertThat(complete(message)).isEqualTo(new Result(message, ""));
  }

  @Test
  void whatIsMissingIsAdded() throws IOException {
    assertThat(complete("Subject: x\r\n\r\nbody\r\n").message())
        .isEqualTo(
            "Date: Sun, 1 Mar 2026 10:00:00 +0000\r\n"
                + "Message-ID: <0123456789abcdef@mail.test>\r\n"
                + "From: ann@alpha.test\r\n"
                + "Subject: x\r\n\r\nbody\r\n");
  }

  @Test
  void aMessageThatBeginsWithItsBodyGetsAHeader() throws IOException {
    assertThat(complete("Hello Ben: how are you?\r\n\r\nAnn\r\n").message())
        .startsWith("Date: ")
        .endsWith("\r\nFrom: ann@alpha.test\r\n\r\nHello Ben: how are you?\r\n\r\nAnn\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n", "Subject: only this\r\n"})
  void aMessageWithoutBodyGetsAHeader(String message) throws IOException {
    var completed = complete(message).message();
    assertThat(completed).contains("\r\nFrom: ann@alpha.test\r\n").endsWith("\r\n\r\n");
    assertThat(completed).doesNotContain("\r\n\r\n\r\n");
  }

  @Test
  void hiddenRecipientsStayHidden() throws IOException {
    var message =
        COMPLETE
            + "bcc: ben@alpha.test,\r\n cho@alpha.test\r\nReturn-Path: <x@y>\r\nTo: d@e\r\n\r\n";
    assertThat(complete(message).message()).isEqualTo(COMPLETE + "To: d@e\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: ben@alpha.test\r\n\r\n",
        "From: ann@alpha.test, ben@alpha.test\r\n\r\n",
        "From: \"ann@alpha.test\" <ben@alpha.test>\r\n\r\n",
        "From: ann@alpha.test (<ann@alpha.test>) <ben@alpha.test>\r\n\r\n",
        "From: ann@alpha.test\r\nFrom: ben@alpha.test\r\n\r\n",
        "From: group: ben@alpha.test;\r\n\r\n",
        "From: ann\r\n\r\n",
        "From: ann@alpha.test.evil.test\r\n\r\n",
      })
  void anotherAuthorIsRefused(String message) throws IOException {
    var result = complete(message + "body\r\n");
    assertThat(result.refusal()).startsWith("5.7.1 the From header field says ");
    assertThat(result.message()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"From: \r\n\r\n", "From: nobody:;\r\n\r\n"})
  void anAuthorMustBeNamed(String message) throws IOException {
    assertThat(complete(message).refusal()).startsWith("5.6.0 ");
  }

  @Property(tries = 200)
  void chunksMakeNoDifference(@ForAll @IntRange(min = 1, max = 60) int chunk) throws IOException {
    var message = "Subject: x\r\n\ty\r\nBcc: z\r\nTo: a@b\r\n\r\nbody\r\n\r\nmore\r\n";
    assertThat(complete(message, chunk)).isEqualTo(complete(message));
  }

  @Test
  void aHeaderWithoutEndIsRefusedAtItsLimit() throws IOException {
    String field = "X: " + "y".repeat(1019) + "\r\n"; // 1024 octets
    int most = HeaderCompletion.MAX_HEADER_OCTETS / 1024;
    String header = field.repeat(most);
    assertThat(complete(header, 4096).refusal()).isEmpty();
    assertThat(complete(header + "\r\nbody", 1024).refusal()).isEmpty();
    assertThat(complete(header + "Z: 1\r\n\r\nbody", 1024).refusal()).startsWith("5.3.4 ");
  }
}
