package dev.postroom.imap;

import java.util.Optional;

/** What a client turns on for the rest of its session (RFC 5161 §3.1). */
enum Extension {
  /** RFC 7162 §3.1. */
  CONDSTORE("CONDSTORE"),
  /** RFC 9051: the session goes on in the later version of IMAP. */
  IMAP4REV2("IMAP4rev2"),
  /** RFC 7162 §3.2; turns CONDSTORE on as well. */
  QRESYNC("QRESYNC"),
  /** RFC 9586. */
  UIDONLY("UIDONLY"),
  /** RFC 6855. */
  UTF8_ACCEPT("UTF8=ACCEPT");

  private final String capability;

  Extension(String capability) {
    this.capability = capability;
  }

  /** Whether names of folders and quoted strings are UTF-8 once it is on. */
  boolean speaksUtf8() {
    return switch (this) {
      case IMAP4REV2, UTF8_ACCEPT -> true;
      case CONDSTORE, QRESYNC, UIDONLY -> false;
    };
  }

  /** As in ENABLE and ENABLED. */
  String capability() {
    return capability;
  }

  static Optional<Extension> named(String capability) {
    for (var extension : values()) {
      if (extension.capability.equalsIgnoreCase(capability)) {
        return Optional.of(extension);
      }
    }
    return Optional.empty();
  }
}
