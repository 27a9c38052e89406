package dev.postroom.message;

import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/** Header values as people read them. */
public final class HeaderText {
  private HeaderText() {}

  /**
   * Decodes the encoded words (RFC 2047) of a value; what cannot be decoded stays as it is written.
   */
  public static String decodeWords(String value) {
    if (!value.contains("=?")) {
      return value;
    }
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
