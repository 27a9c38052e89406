package dev.postroom.imap.syntax;

import java.util.Locale;

/**
 * A pattern of LIST (RFC 3501 §6.3.8): {@code *} is anything, {@code %} anything within one level.
 * INBOX is compared in any case of letters (RFC 3501 §5.1).
 */
public record ListPattern(String pattern) {
  private static final char DELIMITER = '/';
  private static final String INBOX = "INBOX";

  /**
   * @param reference what the client puts before the pattern
   */
  public static ListPattern of(String reference, String pattern) {
    return new ListPattern(reference + pattern);
  }

  public boolean matches(String name) {
    return matchesExactly(name)
        || (name.equals(INBOX) && new ListPattern(upper()).matchesExactly(INBOX));
  }

  /** Whether a name that begins so could match: what stands before the first wildcard decides. */
  public boolean reaches(String beginning) {
    int wildcard = 0;
    while (wildcard < pattern.length() && "*%".indexOf(pattern.charAt(wildcard)) < 0) {
      wildcard++;
    }
    var literal = pattern.substring(0, wildcard);
    return literal.startsWith(beginning) || beginning.startsWith(literal);
  }

  private String upper() {
    return pattern.toUpperCase(Locale.ROOT);
  }

  /** One row of a table for each character of the pattern: no pattern takes long. */
  private boolean matchesExactly(String name) {
    int length = name.length();
    var reached = new boolean[length + 1];
    reached[0] = true;
    for (int p = 0; p < pattern.length(); p++) {
      char c = pattern.charAt(p);
      var next = new boolean[length + 1];
      for (int n = 0; n <= length; n++) {
        next[n] =
            switch (c) {
              case '*' -> reached[n] || (n > 0 && next[n - 1]);
              case '%' -> reached[n] || (n > 0 && next[n - 1] && name.charAt(n - 1) != DELIMITER);
              default -> n > 0 && reached[n - 1] && name.charAt(n - 1) == c;
            };
      }
      reached = next;
    }
    return reached[length];
  }
}
