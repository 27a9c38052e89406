package dev.postroom.smtp.syntax;

import dev.postroom.mail.EnhancedStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a server answers (RFC 5321 §4.2).
 *
 * @param status the enhanced status code (RFC 2034), null where none belongs: greetings, EHLO
 * @param lines the text without codes, one element a line, at least one
 */
public record SmtpReply(int code, @Nullable EnhancedStatus status, List<String> lines) {
  private static final int MAX_TEXT = 480; // RFC 5321 §4.5.3.1.5: 512 octets with code and CRLF
  private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");
  private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7f]");

  public SmtpReply {
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException("not a reply code: " + code);
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("a reply has at least one line");
    }
    lines = lines.stream().map(SmtpReply::oneLine).toList();
  }

  /** A reply with an enhanced status code. */
  public static SmtpReply of(int code, String status, String... lines) {
    return new SmtpReply(code, EnhancedStatus.parse(status).orElseThrow(), List.of(lines));
  }

  /** A reply without an enhanced status code. */
  public static SmtpReply plain(int code, String... lines) {
    return new SmtpReply(code, null, List.of(lines));
  }

  /** Text that came from elsewhere must never begin a line of its own. */
  private static String oneLine(String text) {
    String clean = CONTROLS.matcher(text).replaceAll(" ");
    return clean.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT ? shortened(clean) : clean;
  }

  private static String shortened(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    int end = MAX_TEXT;
    while ((octets[end] & 0xc0) == 0x80) { // within a character
      end--;
    }
    return new String(octets, 0, end, StandardCharsets.UTF_8);
  }

  /** For a client that has not said SMTPUTF8: other characters become question marks. */
  public SmtpReply inAscii() {
    return new SmtpReply(
        code,
        status,
        lines.stream().map(line -> BEYOND_ASCII.matcher(line).replaceAll("?")).toList());
  }

  /** 2xx, and 3xx: go on. */
  public boolean isPositive() {
    return code < 400;
  }

  /** 4xx: trying again later may help (RFC 5321 §4.2.1). */
  public boolean isTransientFailure() {
    return code >= 400 && code < 500;
  }

  /** 5xx: trying again does not help. */
  public boolean isPermanentFailure() {
    return code >= 500;
  }

  /** All lines as one, for logs and reports. */
  public String text() {
    return String.join(" ", lines);
  }

  /** The octets to send, every line with its CRLF; the status is repeated on each (RFC 2034 §4). */
  public String encode() {
    var wire = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      wire.append(code).append(i < lines.size() - 1 ? '-' : ' ');
      if (status != null) {
        wire.append(status).append(' ');
      }
      wire.append(lines.get(i)).append("\r\n");
    }
    return wire.toString();
  }

  /** For people: {@code 550 5.1.1 no such mailbox}. */
  @Override
  public String toString() {
    return lines.stream()
        .collect(Collectors.joining(" ", code + (status == null ? " " : " " + status + " "), ""));
  }
}
