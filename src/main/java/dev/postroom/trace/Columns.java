package dev.postroom.trace;

import dev.postroom.mail.MailAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What fits into the columns of the tables. */
final class Columns {
  static final int ADDRESS = 400;
  static final int CLIENT = 45;
  static final int MESSAGE_ID = 255;
  static final int WORDS = 1000;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Columns() {}

  /** The canonical form, in which it is also searched; empty for none. */
  static String address(@Nullable MailAddress address) {
    return address == null ? "" : cut(address.canonical().toString(), ADDRESS);
  }

  static String domain(String address) {
    return cut(address.substring(address.lastIndexOf('@') + 1), 255);
  }

  /** At most that many UTF-16 units, and no half of a pair at the end. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }

  /** FNV-1a: tells the recipients of one message apart. */
  static long hash(@Nullable Long account, String recipient) {
    long hash = FNV_OFFSET;
    for (byte octet : (account + " " + recipient).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
