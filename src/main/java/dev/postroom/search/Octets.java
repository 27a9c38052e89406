package dev.postroom.search;

import java.nio.charset.StandardCharsets;

/**
 * Text as octets, each held as the character of the same number (ISO 8859-1): such strings take an
 * octet a character and are searched by the fastest instructions that the machine has.
 *
 * <p>As UTF-8 has it, but for surrogates, which are written one by one, as a text may be cut
 * between the two. What is not the whole of a character is never found in another one.
 */
final class Octets {
  private Octets() {}

  static String of(String text) {
    return of(text.toCharArray(), 0, text.length());
  }

  static String of(char[] text, int from, int length) {
    if (isAscii(text, from, length)) {
      return new String(text, from, length);
    }
    var octets = new byte[3 * length];
    int size = 0;
    for (int i = from; i < from + length; i++) {
      char c = text[i];
      if (c < 0x80) {
        octets[size++] = (byte) c;
      } else if (c < 0x800) {
        octets[size++] = (byte) (0xC0 | (c >> 6));
        octets[size++] = (byte) (0x80 | (c & 0x3F));
      } else {
        octets[size++] = (byte) (0xE0 | (c >> 12));
        octets[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        octets[size++] = (byte) (0x80 | (c & 0x3F));
      }
    }
    return new String(octets, 0, size, StandardCharsets.ISO_8859_1);
  }

  private static boolean isAscii(char[] text, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (text[i] >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
