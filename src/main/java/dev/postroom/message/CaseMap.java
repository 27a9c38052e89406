package dev.postroom.message;

import java.text.Normalizer;
import java.util.Comparator;

/**
 * The collation i;unicode-casemap (RFC 5051 §2): each character in title case, then decomposed.
 * What it gives is compared by {@link #ORDER}.
 */
public final class CaseMap {
  /** By code points, as UTF-8 octets are. */
  public static final Comparator<String> ORDER = CaseMap::compare;

  private CaseMap() {}

  public static String of(String text) {
    var mapped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80) {
        mapped.append((char) (c >= 'a' && c <= 'z' ? c - 32 : c));
      } else {
        var title = Character.toString(Character.toTitleCase(c));
        mapped.append(Normalizer.normalize(title, Normalizer.Form.NFKD));
      }
    }
    return mapped.toString();
  }

  private static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        // surrogates stand for code points above all others
        return Character.isSurrogate(a) == Character.isSurrogate(b)
            ? Character.compare(a, b)
            : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
