package dev.postroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.blob.BlobId;
import dev.postroom.mail.DsnNotify;
import dev.postroom.mail.DsnReturn;
import dev.postroom.mail.EnhancedStatus;
import dev.postroom.mail.MailAddress;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
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
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports as a mail client that others wrote reads them (RFC 3464, RFC 6522). */
class ReportsTest {
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

  private static ReportedOutcome failure(String recipient, String status, String diagnostic) {
    return ReportedOutcome.failed(
        MailAddress.parse(recipient),
        RecipientOptions.NONE,
        EnhancedStatus.parse(status).orElseThrow(),
        diagnostic,
        "mx.example.net");
  }

  private static ReportedMessage about(Outgoing message) {
    return new ReportedMessage(TRACE, message.reversePath(), message.content(), message.options());
  }

  private String report(String content, ReportedOutcome... failures) throws IOException {
    var message = queue.message("ann@postroom.test", "ben@example.net", content);
    queue.reports().send(about(message), List.of(failures));
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
        .isLessThan(2 * queue.config().reportHeaderLimit());
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
        .reports()
        .send(
            new ReportedMessage(
                TRACE,
                ReversePath.parse("ann@postroom.test"),
                new BlobId("0".repeat(64)),
                MailOptions.NONE),
            List.of(failure("ben@example.net", "5.0.0", "554 no")));
    assertThat(queue.returned).hasSize(1);
    assertThat(parsed(queue.returned.getFirst().content()).getSubject())
        .isEqualTo("Your message was not delivered");
  }

  @Test
  void nothingIsReportedToTheNullReversePath() throws Exception {
    var message = queue.message("", "ben@example.net", "x");
    queue.reports().send(about(message), List.of(failure("ben@example.net", "5.0.0", "554 no")));
    assertThat(queue.returned).isEmpty();
  }

  private String send(Outgoing message, ReportedOutcome... outcomes) {
    queue.reports().send(about(message), List.of(outcomes));
    return queue.returned.isEmpty() ? "" : queue.returned.removeFirst().content();
  }

  private Outgoing asked(String content, MailOptions mail) throws IOException {
    var message = queue.message("ann@postroom.test", "ben@example.net", content);
    return TestQueue.asked(message, mail, RecipientOptions.NONE);
  }

  private static ReportedOutcome failed(RecipientOptions options) {
    return ReportedOutcome.failed(
        MailAddress.parse("ben@example.net"), options, new EnhancedStatus(5, 1, 1), "550 no");
  }

  @Test
  void theSenderRecognizesItsOwnWordsForMessageAndRecipient() throws Exception {
    // RFC 3461 §6.3
    var original = new RecipientOptions(Set.of(), "rfc822;Ben+shop@example.org");
    var report =
        parsed(
            send(
                asked(TestQueue.MAIL, MailOptions.NONE.withEnvelopeId("QQ 314159")),
                failed(original)));
    assertThat(text(((MimeMultipart) report.getContent()).getBodyPart(1)))
        .startsWith("Original-Envelope-Id: QQ 314159\r\nReporting-MTA: dns; mail.postroom.test\r\n")
        .contains("\r\n\r\nOriginal-Recipient: rfc822; Ben+shop@example.org\r\nFinal-Recipient: ");
  }

  @Test
  void whoWantsNoReportGetsNone() throws Exception {
    var message = asked(TestQueue.MAIL, MailOptions.NONE);
    assertThat(send(message, failed(new RecipientOptions(Set.of(DsnNotify.NEVER), null))))
        .isEmpty();
    assertThat(send(message, failed(new RecipientOptions(Set.of(DsnNotify.SUCCESS), null))))
        .isEmpty();
    assertThat(send(message, failed(new RecipientOptions(Set.of(DsnNotify.FAILURE), null))))
        .isNotEmpty();
    var ben = MailAddress.parse("ben@example.net");
    assertThat(send(message, ReportedOutcome.delivered(ben, RecipientOptions.NONE))).isEmpty();
  }

  @Test
  void aMessageComesBackWholeWhenItsSenderWantsThat() throws Exception {
    var full = MailOptions.NONE.withDsnReturn(DsnReturn.FULL);
    var report = parsed(send(asked(TestQueue.MAIL, full), failed(RecipientOptions.NONE)));
    var last = ((MimeMultipart) report.getContent()).getBodyPart(2);
    assertThat(last.getContentType()).isEqualTo("message/rfc822");
    assertThat(new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(TestQueue.MAIL);
  }

  @Test
  void aMessageThatWouldNotPassEverywhereComesBackAsItsHeader() throws Exception {
    var full = MailOptions.NONE.withDsnReturn(DsnReturn.FULL);
    int limit = (int) queue.config().reportContentLimit().asLongValue();
    var head = "Subject: x\r\n\r\n";
    var line = "y".repeat(98) + "\r\n";
    var fits = head + line.repeat((limit - head.length()) / 100);
    var last = "z".repeat(limit - fits.length() - 2) + "\r\n";
    assertThat(send(asked(fits + last, full), failed(RecipientOptions.NONE)))
        .contains("Content-Type: message/rfc822\r\n");
    for (var content :
        List.of(
            fits + "z" + last,
            head + "bare\nline\r\n",
            head + "bare\rreturn\r\n",
            head + "nul\0\r\n",
            head + "no end",
            head + "l".repeat(999) + "\r\n")) {
      assertThat(send(asked(content, full), failed(RecipientOptions.NONE)))
          .contains("Content-Type: text/rfc822-headers\r\n");
    }
  }

  @Test
  void aHeaderInUtf8MakesItAGlobalMessage() throws Exception {
    var full = MailOptions.NONE.withDsnReturn(DsnReturn.FULL);
    assertThat(
            send(
                asked("Subject: Gr\u00fc\u00dfe\r\n\r\nx\r\n", full),
                failed(RecipientOptions.NONE)))
        .contains("Content-Type: message/global\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSubject");
    assertThat(send(asked("Subject: x\r\n\r\n\u00fc\r\n", full), failed(RecipientOptions.NONE)))
        .contains("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSubject");
  }

  @Test
  void successIsToldToWhoAskedAndBringsBackTheHeaderOnly() throws Exception {
    var success = new RecipientOptions(Set.of(DsnNotify.SUCCESS), null);
    var ben = MailAddress.parse("ben@example.net");
    var report =
        parsed(
            send(
                asked(TestQueue.MAIL, MailOptions.NONE.withDsnReturn(DsnReturn.FULL)),
                ReportedOutcome.delivered(ben, success),
                ReportedOutcome.expanded(MailAddress.parse("all@example.net"), success),
                ReportedOutcome.relayed(ben, success, "250 2.0.0 queued", "mx.example.net")));
    assertThat(report.getSubject()).isEqualTo("Delivered: hello");
    var parts = (MimeMultipart) report.getContent();
    assertThat(text(parts.getBodyPart(0)))
        .contains("You asked to hear how your message arrives", "It was delivered.")
        .contains("The server mx.example.net said:\r\n    250 2.0.0 queued")
        .doesNotContain("could not be delivered");
    assertThat(text(parts.getBodyPart(1)))
        .contains("Action: delivered\r\nStatus: 2.0.0\r\n", "Action: expanded\r\n")
        .contains("Action: relayed\r\nStatus: 2.0.0\r\nRemote-MTA: dns; mx.example.net\r\n");
    assertThat(parts.getBodyPart(2).getContentType()).isEqualTo("text/rfc822-headers");
  }

  @Test
  void aMessageThatOnlyVerifiedTlsMayCarryIsNotReturnedWhole() throws Exception {
    // RFC 8689 §5
    var full = MailOptions.NONE.withDsnReturn(DsnReturn.FULL).withRequireTls(true);
    assertThat(send(asked(TestQueue.MAIL, full), failed(RecipientOptions.NONE)))
        .contains("Content-Type: text/rfc822-headers\r\n")
        .doesNotContain("How are you?");
  }
}
