package dev.postroom.message;

import java.io.IOException;
import java.io.Reader;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The collation i;unicode-casemap (RFC 5051 §2), by which texts are searched and sorted: each
 * character in title case, then decomposed. So the case of letters makes no difference, nor does
 * how an accented letter is written; a letter is found where it has an accent.
 */
public final class CaseMap {
  /** Of texts that were mapped: by code points, as UTF-8 octets are. */
  public static final Comparator<String> ORDER = CaseMap::compare;

  /** Stands in {@link #ONE} for characters that become several. */
  private static final char SEVERAL = '\0';

  private static final char[] ONE = new char[Character.MAX_VALUE + 1];
  private static final String[] MORE = new String[Character.MAX_VALUE + 1];

  static {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      var mapped = map(c);
      if (mapped.length() == 1) {
        ONE[c] = mapped.charAt(0);
      } else {
        MORE[c] = mapped;
      }
    }
  }

  private CaseMap() {}

  private static String map(int codePoint) {
    var title = Character.toString(Character.toTitleCase(codePoint));
    boolean isHangul = codePoint >= 0xAC00 && codePoint <= 0xD7A3;
    // RFC 5051 §2: by the decompositions of the character table, in which Hangul has none
    return isHangul ? title : Normalizer.normalize(title, Normalizer.Form.NFKD);
  }

  public static String of(String text) {
    var mapped = new Mapped(text.length() + text.length() / 8 + 8);
    mapped.addAll(text.toCharArray(), text.length());
    return new String(mapped.chars, 0, mapped.count);
  }

  /** The same of a text that is read piece by piece. */
  public static Reader reader(Reader text) {
    return new MappedReader(text);
  }

  /** Characters that have been mapped. */
  private static final class Mapped {
    private char[] chars;
    private int count;

    private Mapped(int room) {
      chars = new char[room];
    }

    private void addAll(char[] some, int length) {
      ensureRoom(length);
      for (int i = 0; i < length; i++) {
        char c = some[i];
        char one = ONE[c];
        if (i + 1 < length && Character.isSurrogatePair(c, some[i + 1])) {
          add(map(Character.toCodePoint(c, some[++i])), length - i);
        } else if (one == SEVERAL && c != SEVERAL) {
          add(MORE[c], length - i);
        } else {
          chars[count++] = one;
        }
      }
    }

    private void add(String several, int toCome) {
      ensureRoom(several.length() + toCome);
      several.getChars(0, several.length(), chars, count);
      count += several.length();
    }

    private void ensureRoom(int more) {
      if (count + more > chars.length) {
        chars = Arrays.copyOf(chars, Math.max(count + more, chars.length * 2));
      }
    }
  }

  private static final class MappedReader extends Reader {
    private static final int CHUNK = 4096;

    private final Reader text;
    private final char[] chunk = new char[CHUNK];
    private final Mapped mapped = new Mapped(CHUNK + CHUNK / 8);
    private int at;

    /** A high surrogate that waits for its other half at the beginning of the chunk. */
    private int waiting;

    private MappedReader(Reader text) {
      this.text = text;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
      while (at == mapped.count) {
        if (!fill()) {
          return -1;
        }
      }
      int count = Math.min(length, mapped.count - at);
      System.arraycopy(mapped.chars, at, into, offset, count);
      at += count;
      return count;
    }

    private boolean fill() throws IOException {
      int read = text.read(chunk, waiting, CHUNK - waiting);
      if (read < 0 && waiting == 0) {
        return false;
      }
      int length = waiting + Math.max(read, 0);
      boolean half = read > 0 && Character.isHighSurrogate(chunk[length - 1]);
      waiting = half ? 1 : 0;
      at = 0;
      mapped.count = 0;
      mapped.addAll(chunk, length - waiting);
      chunk[0] = chunk[Math.max(length - 1, 0)];
      return true;
    }

    @Override
    public void close() throws IOException {
      text.close();
    }
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
