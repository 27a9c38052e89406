package dev.postroom.search;

import dev.postroom.message.CaseMap;
import java.util.ArrayList;
import java.util.List;

/**
 * What the terms of a text must be like where the text has a given one in it.
 *
 * @param patterns each is somewhere in {@code NUL term NUL term NUL}, all in terms of one text
 * @param exact whether a text that meets all patterns has it for sure
 */
record Needle(List<String> patterns, boolean exact) {
  static final char END = '\0';
  private static final int MAX_PATTERNS = 16;

  Needle {
    patterns = List.copyOf(patterns);
  }

  /** The patterns may be none: then every text may have it. */
  static Needle of(String text) {
    var folded = CaseMap.of(text).toCharArray();
    var patterns = new ArrayList<String>();
    boolean exact = false;
    int end;
    for (int start = 0; start < folded.length && patterns.size() < MAX_PATTERNS; start = end) {
      end = runEnd(folded, start);
      boolean whole = start == 0 && end == folded.length;
      switch (CharKind.of(folded[start])) {
        case WORD -> {
          addWord(folded, start, end, patterns);
          exact = whole && end - start <= TermSplitter.HALF;
        }
        case DENSE -> {
          addPairs(folded, start, end, patterns);
          exact = whole && end - start <= 2;
        }
        case BETWEEN -> exact = false;
      }
    }
    return new Needle(patterns, exact && !patterns.isEmpty());
  }

  private static int runEnd(char[] text, int start) {
    var kind = CharKind.of(text[start]);
    int end = start + 1;
    while (end < text.length && CharKind.of(text[end]) == kind) {
      end++;
    }
    return end;
  }

  /** Where the needle goes on beyond the word, the term ends with it, too. */
  private static void addWord(char[] text, int start, int end, List<String> patterns) {
    var before = start > 0 ? String.valueOf(END) : "";
    var after = end < text.length ? String.valueOf(END) : "";
    int half = TermSplitter.HALF;
    if (end - start <= half) {
      patterns.add(before + Octets.of(text, start, end - start) + after);
    } else {
      patterns.add(before + Octets.of(text, start, half));
      patterns.add(Octets.of(text, end - half, half) + after);
    }
  }

  private static void addPairs(char[] text, int start, int end, List<String> patterns) {
    if (end - start == 1) {
      patterns.add(Octets.of(text, start, 1));
    }
    for (int i = start; i + 1 < end; i++) {
      patterns.add(END + Octets.of(text, i, 2) + END);
    }
  }
}
