package dev.postroom.imap;

import java.util.Optional;

/** What a client turns on for the rest of its session (RFC 5161 §3.1). */
enum Extension {
  ;

  private final String capability;

  Extension(String capability) {
    this.capability = capability;
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
