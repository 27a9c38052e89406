package dev.postroom.imap.syntax;

/** What STATUS can tell (RFC 3501 §6.3.10, RFC 8438 for SIZE, RFC 9051 for DELETED). */
public enum StatusItem {
  MESSAGES,
  RECENT,
  UIDNEXT,
  UIDVALIDITY,
  UNSEEN,
  SIZE,
  DELETED
}
