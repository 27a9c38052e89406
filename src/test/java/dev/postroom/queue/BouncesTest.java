package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import dev.postroom.mail.TraceId;
import dev.postroom.testing.MariaDb;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports as a mail client that others wrote reads them (RFC 3464, RFC 6522). */
class BouncesTest {
  private static final TraceId TRACE = new TraceId("01abcdefghjkmnpq");
  private static MariaDb database;

  @TempDir Path folder;
  private TestQueue queue;

  @BeforeAll
  static void startDatabase() throws Exception {
    database = MariaDb.start();
    TestQueue.migrate(database);
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @BeforeEach
  void start() throws IOException {
    queue = new TestQueue(database, folder);
  }

  @AfterEach
  void stop() throws Exception {
    queue.close();
  }

  private static Bounces.Failure failure(String recipient, String status, String diagnostic) {
    return new Bounces.Failure(
        MailAddress.parse(recipient),
        EnhancedStatus.parse(status).orElseThrow(),
        diagnostic,
        "mx.example.net");
  }

  private String report(String content, Bounces.Failure... failures) throws IOException {
    var message = queue.message("ann@postroom.test", "ben@example.net", content);
    queue.bounces().send(TRACE, message.reversePath(), message.content(), List.of(failures));
    assertThat(queue.returned).hasSize(1);
    var report = queue.returned.removeFirst().content();
    assertThat(report.chars().allMatch(c -> c < 0x80)).as("all of it is ASCII").isTrue();
    assertThat(report.replace("\r\n", "")).as("whole line ends").doesNotContain("\r", "\n");
    assertThat(report.lines()).allMatch(line -> line.length() <= 998);
    return report;
  }

  private static MimeMessage parsed(String report) throws MessagingException {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(report.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String text(BodyPart part) throws IOException, MessagingException {
    var content = part.getContent();
    return content instanceof InputStream octets
        ? new String(octets.readAllBytes(), StandardCharsets.UTF_8)
        : String.valueOf(content);
  }

  @Test
  void aReportHasWordsForPeopleFieldsForProgramsAndTheHeader() throws Exception {
    var report =
        parsed(
            report(
                "Subject: lunch\r\nMessage-ID: <1@postroom.test>\r\n\r\nsecret body\r\n",
                failure("ben@example.net", "5.1.1", "550 5.1.1 no such user"),
                failure("cho@example.net", "5.2.2", "552 5.2.2 over quota")));
    assertThat(report.getContentType()).contains("report-type=delivery-status");
    assertThat(report.getSubject()).isEqualTo("Not delivered: lunch");
    assertThat(report.getFrom()[0]).hasToString("Mail delivery <mailer-daemon@mail.postroom.test>");
    assertThat(report.getHeader("Auto-Submitted")).containsExactly("auto-replied");
    assertThat(report.getHeader("In-Reply-To")).containsExactly("<1@postroom.test>");
    assertThat(report.getSentDate().toInstant()).isEqualTo(queue.clock.instant());
    var parts = (MimeMultipart) report.getContent();
    assertThat(parts.getCount()).isEqualTo(3);
    assertThat(text(parts.getBodyPart(0)))
        .contains("ben@example.net", "knows no such address", "550 5.1.1 no such user")
        .contains("cho@example.net", "mailbox is full", "The message was about: lunch", "01abcdef")
        .contains("could not be delivered to these recipients:\r\n")
        .doesNotContain("{", "}", "secret body");
    assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("message/delivery-status");
    assertThat(text(parts.getBodyPart(1)))
        .startsWith("Reporting-MTA: dns; mail.postroom.test\r\n\r\nFinal-Recipient: rfc822; ben@")
        .contains("Action: failed\r\nStatus: 5.2.2\r\nRemote-MTA: dns; mx.example.net\r\n")
        .contains("Diagnostic-Code: smtp; 552 5.2.2 over quota\r\n");
    assertThat(parts.getBodyPart(2).getContentType()).isEqualTo("text/rfc822-headers");
    assertThat(text(parts.getBodyPart(2)).strip())
        .isEqualTo("Subject: lunch\r\nMessage-ID: <1@postroom.test>");
  }

  @Test
  void whatIsNotAsciiSurvives() throws Exception {
    var content = "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nX-Raw: gr\u00fc\u00df\r\n\r\nx\r\n";
    var report =
        parsed(report(content, failure("b\u00e9n@example.net", "5.6.7", "553 5.6.7 na\u00efve")));
    assertThat(report.getSubject()).isEqualTo("Not delivered: Gr\u00fc\u00dfe");
    var parts = (MimeMultipart) report.getContent();
    assertThat(text(parts.getBodyPart(0))).contains("b\u00e9n@example.net", "Gr\u00fc\u00dfe");
    assertThat(text(parts.getBodyPart(1)))
        .contains("Final-Recipient: utf-8; b\\x{E9}n@example.net\r\n")
        .contains("Diagnostic-Code: smtp; 553 5.6.7 na?ve\r\n");
    assertThat(text(parts.getBodyPart(2))).contains("X-Raw:");
  }

  @Test
  void aHugeHeaderIsCutAtItsLimit() throws Exception {
    var content = "Subject: x\r\n" + ("X-Long: " + "y".repeat(900) + "\r\n").repeat(200) + "\r\nz";
    assertThat(report(content, failure("ben@example.net", "5.0.0", "554 no")).length())
        .isLessThan(2 * queue.config().bounceHeaderLimit());
  }

  @Test
  void aSubjectWithLineEndsAddsNoHeaderField() throws Exception {
    var hostile = "Subject: =?utf-8?Q?a=0D=0ABcc:_evil@example.org?=\r\n\r\nx";
    var report = parsed(report(hostile, failure("ben@example.net", "5.0.0", "554 no\r\nX: y")));
    assertThat(report.getHeader("Bcc")).isNull();
    assertThat(report.getSubject()).isEqualTo("Not delivered: a Bcc: evil@example.org");
  }

  @Test
  void aReportComesEvenWhenTheMessageIsGone() throws Exception {
    queue
        .bounces()
        .send(
            TRACE,
            ReversePath.parse("ann@postroom.test"),
            new BlobId("0".repeat(64)),
            List.of(failure("ben@example.net", "5.0.0", "554 no")));
    assertThat(queue.returned).hasSize(1);
    assertThat(parsed(queue.returned.getFirst().content()).getSubject())
        .isEqualTo("Your message was not delivered");
  }

  @Test
  void nothingIsReportedToTheNullReversePath() throws Exception {
    var message = queue.message("", "ben@example.net", "x");
    queue
        .bounces()
        .send(
            TRACE,
            message.reversePath(),
            message.content(),
            List.of(failure("ben@example.net", "5.0.0", "554 no")));
    assertThat(queue.returned).isEmpty();
  }
}
