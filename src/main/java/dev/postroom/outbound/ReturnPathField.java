package dev.postroom.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The Return-Path field that stands on top of a stored message. It is for the mailbox: only the
 * last server adds it, no other sends it on (RFC 5321 §4.4).
 */
final class ReturnPathField {
  private static final byte[] NAME = "return-path:".getBytes(StandardCharsets.US_ASCII);

  private ReturnPathField() {}

  /**
   * Reads it away where it is the first field.
   *
   * @param message at its beginning; must support {@code mark}
   * @return how many octets it had, 0 when it is not there
   */
  static int skip(InputStream message) throws IOException {
    message.mark(NAME.length);
    byte[] start = message.readNBytes(NAME.length);
    if (!new String(start, StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT)
        .equals(new String(NAME, StandardCharsets.US_ASCII))) {
      message.reset();
      return 0;
    }
    int octets = start.length;
    for (int octet = 0; octet >= 0 && octet != '\n'; octets++) {
      octet = message.read();
    }
    return octets;
  }
}
