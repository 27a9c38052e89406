package dev.postroom.search;

/** What a character is to the index. */
enum CharKind {
  /** Belongs to a word: a letter, a digit, a mark on one of them. */
  WORD,
  /** Of a script that is written without spaces: a term for each two that stand together. */
  DENSE,
  /** Stands between terms. */
  BETWEEN;

  static CharKind of(char c) {
    if (c < 0x80) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
          ? WORD
          : BETWEEN;
    }
    if (isDense(c)) {
      return DENSE;
    }
    return Character.isLetterOrDigit(c) || isMark(c) ? WORD : BETWEEN;
  }

  private static boolean isDense(char c) {
    return (c >= 0x0E00 && c <= 0x0EFF) // Thai, Lao
        || (c >= 0x1000 && c <= 0x109F) // Myanmar
        || (c >= 0x1780 && c <= 0x17FF) // Khmer
        || (c >= 0x3040 && c <= 0x31FF) // kana, bopomofo
        || (c >= 0xFF66 && c <= 0xFF9F) // kana of half width
        || Character.isSurrogate(c) // emoji, rare ideographs
        || Character.isIdeographic(c);
  }

  private static boolean isMark(char c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
