package dev.postroom.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One header field, as its octets stand in the message (RFC 5322 §2.2).
 *
 * @param name as written, without the colon; empty for a line that is no field
 * @param octets the whole field: name, colon, folded value, line end
 * @param valueStart where the value begins in {@code octets}
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record HeaderField(String name, byte[] octets, int valueStart) {
  private static final byte[] NO_OCTETS = {};

  public boolean isNamed(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** The value's octets, folds and all, without the line end that closes the field. */
  public byte[] rawValue() {
    int end = octets.length;
    if (end > valueStart && octets[end - 1] == '\n') {
      end--;
    }
    if (end > valueStart && octets[end - 1] == '\r') {
      end--;
    }
    return end == valueStart ? NO_OCTETS : Arrays.copyOfRange(octets, valueStart, end);
  }

  /**
   * The value unfolded (RFC 5322 §2.2.3) and trimmed, each octet as the character of the same
   * number (ISO 8859-1): what IMAP sends back octet for octet. Without NUL, CR and LF.
   */
  public String octetText() {
    return unfold(new String(octets, valueStart, octets.length - valueStart, LATIN1));
  }

  /** The value unfolded and trimmed, as UTF-8 (RFC 6532) or else as ISO 8859-1. */
  public String value() {
    return unfold(decode(Arrays.copyOfRange(octets, valueStart, octets.length)));
  }

  /** The value for people: encoded words (RFC 2047) decoded, too. */
  public String text() {
    return HeaderText.decodeWords(value());
  }

  private static final java.nio.charset.Charset LATIN1 = StandardCharsets.ISO_8859_1;

  static String decode(byte[] octets) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(octets, LATIN1);
    }
  }

  private static String unfold(String folded) {
    if (folded.indexOf('\n') < 0 && folded.indexOf('\r') < 0 && folded.indexOf('\0') < 0) {
      return folded.strip();
    }
    var line = new StringBuilder(folded.length());
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (c == '\0') {
        continue;
      }
      if (c != '\r' && c != '\n') {
        line.append(c);
      } else if (c == '\r' && !isBeforeLf(folded, i)) {
        line.append(' '); // a lone CR is no line end, and nothing that a client should see
      }
    }
    return line.toString().strip();
  }

  private static boolean isBeforeLf(String text, int at) {
    return at + 1 < text.length() && text.charAt(at + 1) == '\n';
  }
}
