package dev.postroom.imap.syntax;

import java.util.Arrays;
import java.util.Optional;

/** What STATUS can tell (RFC 3501 §6.3.10, RFC 8438 for SIZE, RFC 9051, RFC 9208, RFC 7889). */
public enum StatusItem {
  MESSAGES,
  RECENT,
  UIDNEXT,
  UIDVALIDITY,
  UNSEEN,
  SIZE,
  DELETED,
  DELETED_STORAGE,
  APPENDLIMIT,
  /** RFC 7162 §3.1.7. */
  HIGHESTMODSEQ,
  /** RFC 8474 §4.3. */
  MAILBOXID;

  /** As in the protocol. */
  public String wireName() {
    return name().replace('_', '-');
  }

  static Optional<StatusItem> named(String name) {
    return Arrays.stream(values()).filter(item -> item.wireName().equals(name)).findFirst();
  }
}
