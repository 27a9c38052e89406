package dev.postroom.mail;

/** When the sender wants a report about a recipient (RFC 3461 §4.1). */
public enum DsnNotify {
  /** Stands alone. */
  NEVER,
  SUCCESS,
  FAILURE,
  DELAY
}
