package dev.postroom.imap.syntax;

/** By what SORT compares messages (RFC 5256 §3, RFC 5957 §3). */
public record SortCriterion(Key key, boolean reverse) {
  /** What is compared. */
  public enum Key {
    ARRIVAL,
    CC,
    DATE,
    DISPLAYFROM,
    DISPLAYTO,
    FROM,
    SIZE,
    SUBJECT,
    TO
  }
}
