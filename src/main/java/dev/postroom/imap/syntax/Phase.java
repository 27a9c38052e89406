package dev.postroom.imap.syntax;

/** Where a session stands (RFC 3501 §3). */
public enum Phase {
  NOT_AUTHENTICATED,
  AUTHENTICATED,
  SELECTED
}
