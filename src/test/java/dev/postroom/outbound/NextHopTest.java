package dev.postroom.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.mail.BodyType;
import dev.postroom.mail.DeliverBy;
import dev.postroom.mail.DsnNotify;
import dev.postroom.mail.DsnReturn;
import dev.postroom.mail.MailOptions;
import dev.postroom.mail.RecipientOptions;
import dev.postroom.testing.SmtpPartner;
import io.quarkus.runtime.ShutdownEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next server gets, by what it says that it takes. */
class NextHopTest {
  private static final String PLAIN = "Subject: hello\r\n\r\nHow are you?\r\n";
  private static final String EIGHT_BIT =
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
          + "Content-Transfer-Encoding: 8bit\r\n\r\nViele Gr\u00c3\u00bc\u00c3\u009fe\r\n";
  private static final String BINARY =
      "MIME-Version: 1.0\r\nContent-Type: image/x\r\n"
          + "Content-Transfer-Encoding: binary\r\n\r\n.\n\r\0\u00ff\r\n.\r\n";
  private static final String UTF8_HEADER = "Subject: Gr\u00c3\u00bc\u00c3\u009fe\r\n\r\nascii\r\n";
  private static final String BEN = "ben@example.net";
  private static final String UMLAUT = "j\u00f6rg@example.net";

  @TempDir Path folder;
  private SmtpPartner partner;
  private TestOutbound outbound;

  @BeforeEach
  void start() throws IOException {
    partner = SmtpPartner.start();
    outbound =
        new TestOutbound(
            folder,
            "postroom.outbound.port",
            String.valueOf(partner.port()),
            "postroom.outbound.chunked-from",
            "500000");
    outbound.dns.mx("example.net", 10, "mx.example.net").address("mx.example.net", "127.0.0.1");
  }

  @AfterEach
  void stop() {
    assertThat(partner.complaints()).isEmpty();
    outbound.close();
    partner.close();
  }

  private List<Attempt> send(String content, MailOptions options, String... recipients)
      throws IOException {
    return send(content, options, RecipientOptions.NONE, recipients);
  }

  private List<Attempt> send(
      String content, MailOptions options, RecipientOptions each, String... recipients)
      throws IOException {
    return outbound
        .delivery
        .deliver(outbound.shipment(content, options, each, recipients))
        .attempts();
  }

  private static String status(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Delivered _ -> "2.0.0";
      case Attempt.Deferred(_, var status, _) -> status.toString();
      case Attempt.Refused(_, var status, _) -> status.toString();
    };
  }

  private String command(String verb) {
    return partner.commands().stream().filter(c -> c.startsWith(verb)).findFirst().orElseThrow();
  }

  private String received() {
    return partner.messages().getLast().content();
  }

  @Test
  void eightBitContentIsConvertedWhereItIsNotTaken() throws IOException {
    partner.extensions("SIZE");
    assertThat(send(EIGHT_BIT, MailOptions.NONE, BEN))
        .allMatch(Attempt.Delivered.class::isInstance);
    var converted =
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\n\r\nViele Gr=C3=BC=C3=9Fe\r\n";
    assertThat(received()).isEqualTo(converted);
    assertThat(command("MAIL")).endsWith("> SIZE=" + converted.length());
  }

  @Test
  void signedContentIsReturnedRatherThanSpoiled() throws IOException {
    partner.extensions("SIZE");
    var signed =
        "Content-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n" + EIGHT_BIT + "\r\n--s--\r\n";
    assertThat(send(signed, MailOptions.NONE, BEN))
        .extracting(NextHopTest::status)
        .containsExactly("5.6.2");
    assertThat(partner.messages()).isEmpty();
  }

  @Test
  void theSizeThatCountsIsTheSizeAfterConversion() throws Exception {
    partner.extensions("SIZE 120");
    assertThat(send(EIGHT_BIT, MailOptions.NONE, BEN))
        .extracting(NextHopTest::status)
        .containsExactly("5.3.4");
    partner.extensions("SIZE 120", "8BITMIME");
    outbound.connections.close(new ShutdownEvent());
    assertThat(send(EIGHT_BIT, MailOptions.NONE, BEN))
        .allMatch(Attempt.Delivered.class::isInstance);
  }

  @Test
  void binaryContentGoesInChunksAsItIs() throws IOException {
    partner.extensions("PIPELINING", "8BITMIME", "CHUNKING", "BINARYMIME");
    var options = MailOptions.NONE.withBody(BodyType.BINARY_MIME);
    assertThat(send(BINARY, options, BEN)).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(received()).isEqualTo(BINARY);
    assertThat(command("MAIL")).endsWith(" BODY=BINARYMIME");
    assertThat(command("BDAT")).isEqualTo("BDAT " + BINARY.length() + " LAST");
  }

  @Test
  void binaryContentIsConvertedWhereChunksAloneAreTaken() throws Exception {
    partner.extensions("PIPELINING", "8BITMIME", "CHUNKING");
    var options = MailOptions.NONE.withBody(BodyType.BINARY_MIME);
    assertThat(send(BINARY, options, BEN)).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(received())
        .isEqualTo(
            "MIME-Version: 1.0\r\nContent-Type: image/x\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\nLgoNAP8NCi4NCg==\r\n");
    partner.extensions("SIZE");
    outbound.connections.close(new ShutdownEvent());
    assertThat(send(BINARY, options, BEN)).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(received()).contains("LgoNAP8NCi4NCg==");
    assertThat(partner.commands()).noneMatch(c -> c.startsWith("BDAT"));
  }

  @Test
  void aLargeMessageGoesInChunksWithItsDotsAsTheyAre() throws Exception {
    partner.extensions("PIPELINING", "CHUNKING");
    var content = PLAIN + "..dots\r\n".repeat(100_000);
    assertThat(send(content, MailOptions.NONE, BEN)).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(received()).isEqualTo(content);
    assertThat(partner.commands().stream().filter(c -> c.startsWith("BDAT"))).hasSize(7);
    partner.extensions("CHUNKING");
    outbound.connections.close(new ShutdownEvent());
    assertThat(send(content, MailOptions.NONE, BEN)).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(received()).isEqualTo(content);
  }

  @Test
  void bareLineEndsInChunksBecomeLines() throws IOException {
    partner.extensions("PIPELINING", "CHUNKING");
    var content = PLAIN + ".\n".repeat(300_000);
    send(content, MailOptions.NONE, BEN);
    assertThat(received()).isEqualTo(PLAIN + ".\r\n".repeat(300_000));
  }

  @Test
  void aRefusedChunkEndsTheMessage() throws IOException {
    partner.extensions("PIPELINING", "CHUNKING").on("BDAT", "552 5.3.4 enough");
    var content = PLAIN + "x\r\n".repeat(1_000_000);
    assertThat(send(content, MailOptions.NONE, BEN))
        .extracting(NextHopTest::status)
        .containsExactly("5.3.4");
    partner.on("BDAT", SmtpPartner.HANG_UP);
    assertThat(send(content, MailOptions.NONE, BEN)).allMatch(Attempt.Deferred.class::isInstance);
    partner.on("BDAT", "250 ok").on("RCPT", "550 5.1.1 no");
    assertThat(send(content, MailOptions.NONE, BEN))
        .extracting(NextHopTest::status)
        .containsExactly("5.1.1");
    assertThat(partner.messages()).isEmpty();
  }

  @Test
  void internationalisedMailIsAnnouncedToThoseWhoTakeIt() throws IOException {
    partner.extensions("8BITMIME", "SMTPUTF8");
    var options = MailOptions.NONE.withSmtpUtf8(true);
    assertThat(send(UTF8_HEADER, options, UMLAUT)).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(received()).isEqualTo(UTF8_HEADER);
    assertThat(command("MAIL")).endsWith(" BODY=8BITMIME SMTPUTF8");
  }

  @Test
  void internationalisedMailIsReturnedByThoseWhoDoNot() throws IOException {
    var options = MailOptions.NONE.withSmtpUtf8(true);
    assertThat(send(UTF8_HEADER, options, BEN))
        .extracting(NextHopTest::status)
        .containsExactly("5.6.7");
    assertThat(send(PLAIN, options, UMLAUT, BEN))
        .extracting(NextHopTest::status)
        .containsExactly("5.6.7", "2.0.0");
  }

  @Test
  void whatWasDeclaredUtf8AndIsAsciiNeedsNoExtension() throws IOException {
    assertThat(send(EIGHT_BIT, MailOptions.NONE.withSmtpUtf8(true), BEN))
        .allMatch(Attempt.Delivered.class::isInstance);
    assertThat(command("MAIL")).doesNotContain("SMTPUTF8");
    assertThat(received()).isEqualTo(EIGHT_BIT);
  }

  private static final MailOptions EVERYTHING =
      MailOptions.NONE
          .withDsnReturn(DsnReturn.HDRS)
          .withEnvelopeId("a+b=c d")
          .withPriority(-3)
          .withDeliverBy(
              new DeliverBy(Instant.now().plusSeconds(1_000_000), DeliverBy.Mode.NOTIFY, true));

  private static final RecipientOptions TELL =
      new RecipientOptions(
          Set.of(DsnNotify.DELAY, DsnNotify.SUCCESS), "utf-8;j\u00f6rg+x@example.org");

  @Test
  void whatTheSenderAskedForIsPassedOn() throws IOException {
    partner.extensions("DSN", "MT-PRIORITY MIXER", "DELIVERBY 60");
    assertThat(send(PLAIN, EVERYTHING, TELL, BEN))
        .allMatch(attempt -> attempt instanceof Attempt.Delivered taken && taken.reports());
    assertThat(command("MAIL"))
        .matches(
            "MAIL FROM:<ann@postroom.test> RET=HDRS ENVID=a\\+2Bb\\+3Dc\\+20d MT-PRIORITY=-3"
                + " BY=99999\\d;NT");
    assertThat(command("RCPT"))
        .isEqualTo(
            "RCPT TO:<ben@example.net> NOTIFY=SUCCESS,DELAY"
                + " ORCPT=utf-8;j\\x{F6}rg\\x{2B}x@example.org");
  }

  @Test
  void aServerThatHasNotHeardOfItIsToldNothingAndReportsNothing() throws IOException {
    assertThat(send(PLAIN, EVERYTHING, TELL, BEN))
        .allMatch(attempt -> attempt instanceof Attempt.Delivered taken && !taken.reports());
    assertThat(command("MAIL")).endsWith("> SIZE=" + PLAIN.length());
    assertThat(command("RCPT")).isEqualTo("RCPT TO:<ben@example.net>");
  }

  @Test
  void whatMustBeInTimeGoesToThoseAloneWhoPromiseIt() throws Exception {
    // RFC 2852 §4
    var deadline = Instant.now().plusSeconds(1000);
    var options =
        MailOptions.NONE.withDeliverBy(new DeliverBy(deadline, DeliverBy.Mode.RETURN, false));
    assertThat(send(PLAIN, options, BEN)).extracting(NextHopTest::status).containsExactly("5.4.7");
    partner.extensions("DSN", "DELIVERBY 1001");
    outbound.connections.close(new ShutdownEvent());
    assertThat(send(PLAIN, options, BEN)).extracting(NextHopTest::status).containsExactly("5.4.7");
    assertThat(partner.messages()).isEmpty();
    partner.extensions("DSN", "DELIVERBY 30");
    outbound.connections.close(new ShutdownEvent());
    assertThat(send(PLAIN, options, BEN)).allMatch(Attempt.Delivered.class::isInstance);
    assertThat(command("MAIL")).matches(".* BY=(9\\d\\d|1000);R");
  }

  @Test
  void theLimitsThatAServerStatesAreKept() throws IOException {
    partner.extensions("PIPELINING", "LIMITS RCPTMAX=40 MAILMAX=2");
    assertThat(send(PLAIN, MailOptions.NONE, TestOutbound.recipients(130, "example.net")))
        .hasSize(130)
        .allMatch(Attempt.Delivered.class::isInstance);
    assertThat(partner.messages())
        .extracting(message -> message.to().size())
        .containsExactly(40, 40, 40, 10);
    assertThat(partner.messages())
        .extracting(SmtpPartner.Received::connection)
        .containsExactly(1, 1, 2, 2);
  }
}
