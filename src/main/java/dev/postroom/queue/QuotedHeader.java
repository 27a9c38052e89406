package dev.postroom.queue;

import dev.postroom.message.HeaderField;
import dev.postroom.message.Headers;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a report takes from the header section of the message that failed.
 *
 * @param octets whole fields with their line ends
 * @param subject for people, or empty
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record QuotedHeader(byte[] octets, String subject, Optional<String> messageId) {
  private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?-~]{1,250}>");
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");
  private static final int MAX_SUBJECT = 120;

  static QuotedHeader of(Headers headers) {
    var octets = new ByteArrayOutputStream();
    headers.fields().forEach(field -> octets.writeBytes(field.octets()));
    return new QuotedHeader(
        octets.toByteArray(),
        headers.first("Subject").map(HeaderField::text).map(QuotedHeader::shortened).orElse(""),
        headers.value("Message-ID").filter(id -> MESSAGE_ID.matcher(id).matches()));
  }

  private static String shortened(String subject) {
    var clean = CONTROLS.matcher(subject).replaceAll(" ").strip();
    return clean.length() <= MAX_SUBJECT ? clean : clean.substring(0, MAX_SUBJECT) + "…";
  }
}
