package dev.postroom.queue;

import dev.postroom.mail.MailAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;
import org.apache.james.mime4j.codec.QuotedPrintableOutputStream;

/**
 * A report that a message could not be delivered (RFC 3464): words for a person, fields for
 * programs, and the header section of the message. All of it in ASCII, so that it passes
 * everywhere.
 */
final class BounceMessage {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern REPLY = Pattern.compile("[45]\\d\\d( .*)?", Pattern.DOTALL);
  private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");
  private static final int MAX_LINE = 998; // RFC 5322 §2.1.1
  private static final int MAX_DIAGNOSTIC = MAX_LINE - 100;
  private static final int FROM_PREFIX = "Subject: ".length();

  private final String hostname;
  private final Instant now;
  private final String unique;
  private final MailAddress to;
  private final QuotedHeader original;
  private final List<Bounces.Failure> failures;

  /**
   * @param unique a word that no other message has
   */
  BounceMessage(
      String hostname,
      Instant now,
      String unique,
      MailAddress to,
      QuotedHeader original,
      List<Bounces.Failure> failures) {
    this.hostname = hostname;
    this.now = now;
    this.unique = unique;
    this.to = to;
    this.original = original;
    this.failures = failures;
  }

  String subject() {
    return original.subject();
  }

  void write(OutputStream out, String text) throws IOException {
    var boundary = "report-" + unique;
    lines(out, header(boundary));
    part(out, boundary, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    lines(out, "", "--" + boundary, "Content-Type: message/delivery-status", "");
    lines(out, status());
    part(out, boundary, "text/rfc822-headers", original.octets());
    lines(out, "", "--" + boundary + "--");
  }

  private String header(String boundary) {
    var references =
        original.messageId().map(id -> "In-Reply-To: %s\r\nReferences: %s\r\n".formatted(id, id));
    // RFC 5321 §4.4: for the mailbox here; what leaves for another server goes without it
    return "Return-Path: <>\r\n"
        + "From: Mail delivery <mailer-daemon@%s>\r\n".formatted(hostname)
        + "To: <%s>\r\n".formatted(headerAddress())
        + "Subject: "
        + encoded(subjectLine())
        + "\r\n"
        + "Date: "
        + DATE.format(now)
        + "\r\n"
        + "Message-ID: <%s@%s>\r\n".formatted(unique, hostname)
        + references.orElse("")
        // RFC 3834 §5: nobody's autoresponder answers this
        + "Auto-Submitted: auto-replied\r\n"
        + "MIME-Version: 1.0\r\n"
        // RFC 6522 §3
        + "Content-Type: multipart/report; report-type=delivery-status;\r\n"
        + " boundary=\"%s\"\r\n".formatted(boundary);
  }

  /** The field must be ASCII; an address that is not goes into the comment that it then becomes. */
  private String headerAddress() {
    return UNPRINTABLE.matcher(to.toString()).replaceAll("?");
  }

  private String subjectLine() {
    return original.subject().isEmpty()
        ? "Your message was not delivered"
        : "Not delivered: " + original.subject();
  }

  private static String encoded(String text) {
    return EncoderUtil.encodeIfNecessary(text, Usage.TEXT_TOKEN, FROM_PREFIX);
  }

  /** RFC 3464 §2: fields of the message, then a group for each recipient. */
  private String status() {
    var status = new StringBuilder("Reporting-MTA: dns; " + hostname + "\r\n");
    for (var failure : failures) {
      status
          .append("\r\nFinal-Recipient: ")
          .append(finalRecipient(failure.recipient()))
          .append("\r\nAction: failed\r\nStatus: ")
          .append(failure.status())
          .append("\r\n");
      if (!failure.host().isEmpty()) {
        status.append("Remote-MTA: dns; ").append(printable(failure.host())).append("\r\n");
      }
      status
          .append("Diagnostic-Code: ")
          .append(REPLY.matcher(failure.diagnostic()).matches() ? "smtp; " : "x-postroom; ")
          .append(printable(failure.diagnostic()))
          .append("\r\nLast-Attempt-Date: ")
          .append(DATE.format(now))
          .append("\r\n");
    }
    return status.toString();
  }

  /** RFC 6533 §3: an address that is not ASCII in the form that is. */
  private static String finalRecipient(MailAddress recipient) {
    var text = recipient.toString();
    if (!UNPRINTABLE.matcher(text).find()) {
      return "rfc822; " + text;
    }
    var escaped = new StringBuilder("utf-8; ");
    text.codePoints()
        .forEach(
            c -> {
              if (c > ' ' && c < 0x7f && c != '\\' && c != '+' && c != '=') {
                escaped.appendCodePoint(c);
              } else {
                escaped.append("\\x{%X}".formatted(c));
              }
            });
    return escaped.toString();
  }

  private static String printable(String text) {
    var clean = UNPRINTABLE.matcher(text).replaceAll("?");
    return clean.length() <= MAX_DIAGNOSTIC ? clean : clean.substring(0, MAX_DIAGNOSTIC);
  }

  private static void part(OutputStream out, String boundary, String type, byte[] content)
      throws IOException {
    var octets = withCrlf(content);
    boolean plain = isPlain(octets);
    lines(
        out,
        "",
        "--" + boundary,
        "Content-Type: " + type,
        "Content-Transfer-Encoding: " + (plain ? "7bit" : "quoted-printable"),
        "");
    if (plain) {
      out.write(octets);
    } else {
      var encoded = new QuotedPrintableOutputStream(out, false);
      encoded.write(octets);
      encoded.close(); // which leaves out open
    }
  }

  /** RFC 2045 §2.7: only ASCII, in lines of no more than 998 octets. */
  private static boolean isPlain(byte[] octets) {
    var text = new String(octets, StandardCharsets.ISO_8859_1);
    return text.chars().allMatch(c -> c > 0 && c < 0x80)
        && text.lines().allMatch(line -> line.length() <= MAX_LINE);
  }

  private static byte[] withCrlf(byte[] text) {
    return new String(text, StandardCharsets.ISO_8859_1)
        .replaceAll("\r\n|\r|\n", "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void lines(OutputStream out, String... lines) throws IOException {
    for (var line : lines) {
      out.write(line.getBytes(StandardCharsets.US_ASCII));
      if (!line.endsWith("\r\n")) {
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
  }
}
