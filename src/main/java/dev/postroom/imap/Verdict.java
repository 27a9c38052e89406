package dev.postroom.imap;

/** What is known of a message and a search key; OPEN until more of the message is looked at. */
enum Verdict {
  YES,
  NO,
  OPEN;

  static Verdict of(boolean matches) {
    return matches ? YES : NO;
  }

  Verdict not() {
    return switch (this) {
      case YES -> NO;
      case NO -> YES;
      case OPEN -> OPEN;
    };
  }
}
