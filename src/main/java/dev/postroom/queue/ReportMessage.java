package dev.postroom.queue;

import dev.postroom.mail.MailAddress;
import dev.postroom.mail.TraceId;
import dev.postroom.queue.ReportedOutcome.Action;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;
import org.apache.james.mime4j.codec.QuotedPrintableOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A report about a message (RFC 3464): words for a person, fields for programs, and the header
 * section of the message. All of it in ASCII, so that it passes everywhere, but for a message that
 * is returned whole.
 */
final class ReportMessage {
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
  private final @Nullable String envelopeId;
  private final QuotedHeader original;
  private final List<ReportedOutcome> outcomes;

  /**
   * @param unique a word that no other message has
   */
  ReportMessage(
      String hostname,
      Instant now,
      String unique,
      MailAddress to,
      @Nullable String envelopeId,
      QuotedHeader original,
      List<ReportedOutcome> outcomes) {
    this.hostname = hostname;
    this.now = now;
    this.unique = unique;
    this.to = to;
    this.envelopeId = envelopeId;
    this.original = original;
    this.outcomes = outcomes;
  }

  /** Its words, for the template. */
  ReportText text(TraceId trace) {
    return new ReportText(
        hostname,
        trace.value(),
        original.subject(),
        lines(Action.FAILED),
        lines(Action.DELAYED),
        Stream.of(Action.DELIVERED, Action.RELAYED, Action.EXPANDED)
            .flatMap(action -> lines(action).stream())
            .toList());
  }

  private List<ReportText.Line> lines(Action action) {
    return outcomes.stream().filter(o -> o.action() == action).map(ReportMessage::line).toList();
  }

  private static ReportText.Line line(ReportedOutcome outcome) {
    var explanation = Explanation.of(outcome);
    var until = outcome.retriedUntil();
    return new ReportText.Line(
        outcome.recipient().toString(),
        explanation.what(),
        explanation.advice(),
        outcome.host(),
        outcome.diagnostic(),
        until == null ? null : DATE.format(until));
  }

  void write(OutputStream out, String text, ReturnedContent whole) throws IOException {
    var boundary = "report-" + unique;
    lines(out, header(boundary));
    part(out, boundary, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    lines(out, "", "--" + boundary, "Content-Type: message/delivery-status", "");
    lines(out, status());
    if (whole.isThere()) {
      partHead(out, boundary, whole.contentType(), whole.transferEncoding());
      whole.writeTo(out);
    } else {
      part(out, boundary, "text/rfc822-headers", original.octets());
    }
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
    boolean hasSubject = !original.subject().isEmpty();
    if (!lines(Action.FAILED).isEmpty()) {
      return hasSubject ? "Not delivered: " + original.subject() : "Your message was not delivered";
    }
    if (!lines(Action.DELAYED).isEmpty()) {
      return hasSubject ? "Delayed: " + original.subject() : "Your message is delayed";
    }
    return hasSubject ? "Delivered: " + original.subject() : "Your message was delivered";
  }

  private static String encoded(String text) {
    return EncoderUtil.encodeIfNecessary(text, Usage.TEXT_TOKEN, FROM_PREFIX);
  }

  /** RFC 3464 §2: fields of the message, then a group for each recipient. */
  private String status() {
    var status = new StringBuilder();
    if (envelopeId != null) {
      field(status, "Original-Envelope-Id", printable(envelopeId)); // RFC 3461 §6.3
    }
    field(status, "Reporting-MTA", "dns; " + hostname);
    for (var outcome : outcomes) {
      status.append("\r\n");
      status(status, outcome);
    }
    return status.toString();
  }

  private void status(StringBuilder status, ReportedOutcome outcome) {
    var named = outcome.options().originalRecipient();
    if (named != null) {
      field(status, "Original-Recipient", original(named)); // RFC 3461 §6.3
    }
    field(status, "Final-Recipient", finalRecipient(outcome.recipient().toString()));
    field(status, "Action", outcome.action().name().toLowerCase(Locale.ROOT));
    field(status, "Status", outcome.status().toString());
    if (!outcome.host().isEmpty()) {
      field(status, "Remote-MTA", "dns; " + printable(outcome.host()));
    }
    boolean isReply = REPLY.matcher(outcome.diagnostic()).matches();
    if (isReply || outcome.status().category() != 2) {
      field(
          status,
          "Diagnostic-Code",
          (isReply ? "smtp; " : "x-postroom; ") + printable(outcome.diagnostic()));
    }
    field(status, "Last-Attempt-Date", DATE.format(now));
    if (outcome.retriedUntil() != null) {
      field(status, "Will-Retry-Until", DATE.format(outcome.retriedUntil())); // RFC 3464 §2.3.9
    }
  }

  private static void field(StringBuilder status, String name, String value) {
    status.append(name).append(": ").append(value).append("\r\n");
  }

  /** It came as {@code type;address}. */
  private static String original(String named) {
    int semicolon = named.indexOf(';');
    var type = named.substring(0, semicolon);
    var address = named.substring(semicolon + 1);
    return "rfc822".equalsIgnoreCase(type)
        ? finalRecipient(address)
        : printable(type) + "; " + (isAscii(address) ? address : escaped(address));
  }

  /** RFC 6533 §3: an address that is not ASCII in the form that is. */
  private static String finalRecipient(String address) {
    return isAscii(address) ? "rfc822; " + address : "utf-8; " + escaped(address);
  }

  private static boolean isAscii(String text) {
    return !UNPRINTABLE.matcher(text).find();
  }

  private static String escaped(String address) {
    var escaped = new StringBuilder();
    address
        .codePoints()
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
    partHead(out, boundary, type, plain ? "7bit" : "quoted-printable");
    if (plain) {
      out.write(octets);
    } else {
      var encoded = new QuotedPrintableOutputStream(out, false);
      encoded.write(octets);
      encoded.close(); // which leaves out open
    }
  }

  private static void partHead(OutputStream out, String boundary, String type, String encoding)
      throws IOException {
    lines(
        out,
        "",
        "--" + boundary,
        "Content-Type: " + type,
        "Content-Transfer-Encoding: " + encoding,
        "");
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
