package dev.postroom.smtp;

/**
 * How the client has introduced itself.
 *
 * @param name what it calls itself, safe to print
 */
record Hello(String name, Verb verb) {
  /** With which command: the last is LMTP's (RFC 2033 §4.1). */
  enum Verb {
    HELO("SMTP"),
    EHLO("ESMTP"),
    LHLO("LMTP");

    private final String protocol;

    Verb(String protocol) {
      this.protocol = protocol;
    }
  }

  boolean isExtended() {
    return verb != Verb.HELO;
  }

  /** RFC 3848: the word after "with" in a Received field. */
  String protocol(boolean secure, boolean authenticated) {
    return isExtended()
        ? verb.protocol + (secure ? "S" : "") + (authenticated ? "A" : "")
        : verb.protocol;
  }
}
