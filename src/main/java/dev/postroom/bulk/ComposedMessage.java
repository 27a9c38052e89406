package dev.postroom.bulk;

import dev.postroom.mail.MailAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;

/** The octets of a message to many. All of it in ASCII, so that it passes everywhere. */
final class ComposedMessage {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder();
  private static final int SUBJECT_PREFIX = "Subject: ".length();
  private static final String BOUNDARY = "=_postroom-bulk-alternative";

  private ComposedMessage() {}

  /**
   * @param trace makes the boundary unlike any other
   */
  static byte[] of(BulkRequest request, String trace) {
    var given = request.content();
    if (given != null) {
      return given.replaceAll("\r?\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
    var message = new StringBuilder();
    message
        .append("From: <")
        .append(request.sender())
        .append(">\r\nTo: undisclosed-recipients:;\r\nSubject: ")
        .append(subject(request.subject()))
        .append("\r\nPrecedence: bulk\r\nMIME-Version: 1.0\r\n");
    if (request.html().isEmpty()) {
      part(message, "plain", request.text());
    } else {
      alternatives(message, request, BOUNDARY + "-" + trace);
    }
    return message.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String subject(String text) {
    return EncoderUtil.encodeIfNecessary(text, Usage.TEXT_TOKEN, SUBJECT_PREFIX);
  }

  /** RFC 2046 §5.1.4: the plainest first. */
  private static void alternatives(StringBuilder message, BulkRequest request, String boundary) {
    message
        .append("Content-Type: multipart/alternative;\r\n boundary=\"")
        .append(boundary)
        .append("\"\r\n\r\n--")
        .append(boundary)
        .append("\r\n");
    part(message, "plain", request.text());
    message.append("\r\n--").append(boundary).append("\r\n");
    part(message, "html", request.html());
    message.append("\r\n--").append(boundary).append("--\r\n");
  }

  private static void part(StringBuilder message, String type, String text) {
    message
        .append("Content-Type: text/")
        .append(type)
        .append("; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")
        .append(LINES.encodeToString(text.getBytes(StandardCharsets.UTF_8)))
        .append("\r\n");
  }

  /** For the list of jobs, when the message came in full. */
  static String subjectOf(BulkRequest request) {
    return request.subject().isEmpty() ? request.clientId() : request.subject();
  }

  static boolean isUsable(MailAddress sender) {
    return sender.localPart().chars().allMatch(c -> c > ' ' && c < 127);
  }
}
