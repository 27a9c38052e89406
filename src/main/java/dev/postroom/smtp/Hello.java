package dev.postroom.smtp;

/**
 * How the client has introduced itself.
 *
 * @param name what it calls itself, safe to print
 */
record Hello(String name, Verb verb) {
  /** With which command: the last is LMTP's (RFC 2033 §4.1). */
  enum Verb {
    HELO("SMTP", "SMTP"),
    EHLO("ESMTP", "UTF8SMTP"),
    LHLO("LMTP", "UTF8LMTP");

    private final String protocol;
    private final String utf8Protocol;

    Verb(String protocol, String utf8Protocol) {
      this.protocol = protocol;
      this.utf8Protocol = utf8Protocol;
    }
  }

  boolean isExtended() {
    return verb != Verb.HELO;
  }

  /**
   * The word after "with" in a Received field (RFC 3848).
   *
   * @param utf8 for a message with SMTPUTF8 (RFC 6531 §4.3)
   */
  String protocol(boolean utf8, boolean secure, boolean authenticated) {
    if (!isExtended()) {
      return verb.protocol;
    }
    String security = (secure ? "S" : "") + (authenticated ? "A" : "");
    return (utf8 ? verb.utf8Protocol : verb.protocol) + security;
  }
}
