package dev.postroom.message;

import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/** Header values as people read them. */
public final class HeaderText {
  /** Decoded at a time: the decoder's work grows with the square of what it is given. */
  static final int MAX_AT_ONCE = 4 * 1024;

  private HeaderText() {}

  /**
   * Decodes the encoded words (RFC 2047) of a value; what cannot be decoded stays as it is written.
   */
  public static String decodeWords(String value) {
    if (!value.contains("=?")) {
      return value;
    }
    if (value.length() <= MAX_AT_ONCE) {
      return decodeAtOnce(value);
    }
    var decoded = new StringBuilder(value.length());
    for (int from = 0; from < value.length(); ) {
      int to = Math.min(from + MAX_AT_ONCE, value.length());
      int space = to == value.length() ? -1 : value.lastIndexOf(' ', to);
      to = space > from ? space : to;
      decoded.append(decodeAtOnce(value.substring(from, to)));
      from = to;
    }
    return decoded.toString();
  }

  private static String decodeAtOnce(String value) {
    try {
      return DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT, StandardCharsets.UTF_8);
    } catch (RuntimeException undecodable) {
      return value;
    }
  }

  /** Decodes a value given as octets ({@link HeaderField#octetText}): UTF-8, then encoded words. */
  public static String decodeOctets(String octetText) {
    return decodeWords(HeaderField.decode(octetText.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
