package dev.postroom.message;

import java.io.IOException;
import java.io.Reader;

/**
 * Looks for a piece of text in texts of any length, both mapped by {@link CaseMap}.
 *
 * <p>Knuth, Morris and Pratt's automaton: each character of the text is looked at once.
 */
public final class TextSearch {
  private static final int CHUNK = 4096;

  private final char[] needle;
  private final int[] fallBack;

  public TextSearch(String text) {
    needle = CaseMap.of(text).toCharArray();
    fallBack = new int[needle.length];
    int matched = 0;
    for (int i = 1; i < needle.length; i++) {
      matched = advance(matched, needle[i]);
      fallBack[i] = matched;
    }
  }

  private int advance(int matchedSoFar, char c) {
    int matched = matchedSoFar;
    while (matched > 0 && needle[matched] != c) {
      matched = fallBack[matched - 1];
    }
    return needle[matched] == c ? matched + 1 : matched;
  }

  public boolean isIn(String text) {
    var mapped = CaseMap.of(text);
    int matched = 0;
    for (int i = 0; i < mapped.length() && matched < needle.length; i++) {
      matched = advance(matched, mapped.charAt(i));
    }
    return matched == needle.length;
  }

  boolean isIn(Reader text) throws IOException {
    if (needle.length == 0) {
      return true;
    }
    var mapped = CaseMap.reader(text);
    var chunk = new char[CHUNK];
    int matched = 0;
    for (int n = mapped.read(chunk); n >= 0; n = mapped.read(chunk)) {
      for (int i = 0; i < n; i++) {
        matched = advance(matched, chunk[i]);
        if (matched == needle.length) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the readable text of a header has it. */
  public boolean isIn(Headers headers) {
    return headers.fields().stream().anyMatch(field -> isIn(field.name() + ": " + field.text()));
  }

  /** Whether one of a body's {@link SearchedTexts} has it. */
  public boolean isIn(BodyPart part, SearchedTexts.Source octets) throws IOException {
    return SearchedTexts.ofBody(part, octets, this::isIn);
  }
}
