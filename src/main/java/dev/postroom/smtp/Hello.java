package dev.postroom.smtp;

/**
 * How the client has introduced itself.
 *
 * @param name what it calls itself, safe to print
 * @param extended with EHLO
 */
record Hello(String name, boolean extended) {
  /** RFC 3848: the word after "with" in a Received field. */
  String protocol(boolean secure, boolean authenticated) {
    if (!extended) {
      return "SMTP";
    }
    return "ESMTP" + (secure ? "S" : "") + (authenticated ? "A" : "");
  }
}
