package dev.postroom.search;

/** Whether a message has a text in it, as far as the index knows. */
public enum Finding {
  YES,
  NO,
  /** It must be looked at. */
  UNKNOWN
}
