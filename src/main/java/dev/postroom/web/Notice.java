package dev.postroom.web;

/**
 * A message that survives one redirect.
 *
 * @param secret something shown this once, as a new password; empty for none
 */
public record Notice(Tone tone, String text, String secret) {
  /** How it is meant. */
  public enum Tone {
    GOOD,
    WARN,
    BAD
  }

  private static final char MARK = '\0';
  private static final int MAX_TEXT = 1500; // even four octets a letter fit the column

  public Notice {
    text = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
  }

  public static Notice good(String text) {
    return new Notice(Tone.GOOD, text, "");
  }

  public static Notice warning(String text) {
    return new Notice(Tone.WARN, text, "");
  }

  public static Notice bad(String text) {
    return new Notice(Tone.BAD, text, "");
  }

  /** Good news with something to write down. */
  public static Notice secret(String text, String secret) {
    return new Notice(Tone.GOOD, text, secret);
  }

  String toLine() {
    return tone.name() + MARK + text.replace(MARK, ' ') + MARK + secret.replace(MARK, ' ');
  }

  static Notice fromLine(String line) {
    int first = line.indexOf(MARK);
    int second = line.indexOf(MARK, first + 1);
    return new Notice(
        Tone.valueOf(line.substring(0, first)),
        line.substring(first + 1, second),
        line.substring(second + 1));
  }
}
