package dev.postroom.sts;

/** What is known of a domain's policy. */
public sealed interface StsAnswer {
  /** The domain has one, fetched now or before. */
  record Found(StsPolicy policy) implements StsAnswer {}

  /** The domain says nothing. */
  record None() implements StsAnswer {}

  /** The domain says that it has one, and it could not be had: as if it said nothing. */
  record Unavailable(Reason reason, String why) implements StsAnswer {}

  /** In the words of RFC 8460 §4.3. */
  enum Reason {
    FETCH_ERROR,
    INVALID,
    WEBPKI_INVALID
  }
}
