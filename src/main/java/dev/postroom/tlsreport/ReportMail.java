package dev.postroom.tlsreport;

import dev.postroom.mail.MailAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/** The mail that carries a report (RFC 8460 §5.3). */
final class ReportMail {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int LINE = 76;

  private ReportMail() {}

  static byte[] write(SentReport report, MailAddress to, Instant now) {
    var base64 =
        Base64.getMimeEncoder(LINE, new byte[] {'\r', '\n'}).encodeToString(report.compressed());
    var text =
        """
        Return-Path: <>
        From: Postroom <postmaster@%1$s>
        To: <%2$s>
        Subject: Report Domain: %3$s Submitter: %1$s
         Report-ID: <%4$s>
        Date: %5$s
        Message-ID: <%4$s>
        TLS-Report-Domain: %3$s
        TLS-Report-Submitter: %1$s
        TLS-Required: No
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type="tlsrpt"; boundary="=_%6$s"

        --=_%6$s
        Content-Type: text/plain; charset=us-ascii

        This is a report on the security of mail from %1$s
        to %3$s on %7$s (UTC). It is attached.

        --=_%6$s
        Content-Type: application/tlsrpt+gzip
        Content-Transfer-Encoding: base64
        Content-Disposition: attachment; filename="%8$s"

        %9$s
        --=_%6$s--
        """
            .formatted(
                report.submitter(),
                to,
                report.domain(),
                report.id(),
                DATE.format(now),
                report.day().toString().replace("-", "") + "tlsrpt",
                report.day(),
                report.fileName(),
                base64);
    return text.replaceAll("\r?\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
