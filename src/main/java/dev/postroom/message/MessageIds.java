package dev.postroom.message;

import java.util.ArrayList;
import java.util.List;

/** Message ids in header fields (RFC 5322 §3.6.4), read kindly. */
public final class MessageIds {
  /** No line of a header is longer (RFC 5322 §2.1.1), and an id cannot be folded. */
  static final int MAX_LENGTH = 998;

  private MessageIds() {}

  /**
   * Those of a Message-ID, In-Reply-To or References field, in their order, without the angle
   * brackets. However an id is quoted, it comes out the same (RFC 5256 §3 REFERENCES). What is
   * longer than {@link #MAX_LENGTH} is none.
   */
  public static List<String> in(String field) {
    var ids = new ArrayList<String>(2);
    int open = field.indexOf('<');
    while (open >= 0) {
      int close = field.indexOf('>', open);
      if (close < 0) {
        break;
      }
      int inner = field.lastIndexOf('<', close); // the one before it was never closed
      var id = unquoted(field.substring(inner + 1, close));
      int sign = id.lastIndexOf('@');
      if (sign > 0 && sign < id.length() - 1 && id.length() <= MAX_LENGTH) {
        ids.add(id);
      }
      open = field.indexOf('<', close);
    }
    return ids;
  }

  private static String unquoted(String id) {
    var plain = new StringBuilder(id.length());
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c == '\\' && i + 1 < id.length()) {
        plain.append(id.charAt(++i));
      } else if (c != '"' && c > ' ') {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
