package dev.postroom.imap;

import dev.postroom.net.Wire;

/** What is announced (RFC 3501 §7.2.1), by state: only what is whole. */
final class Capabilities {
  private static final String ALWAYS = "IMAP4rev1 LITERAL+ SASL-IR ID ENABLE IDLE";
  private static final String SIGNED_IN =
      "IMAP4rev1 LITERAL+ ID ENABLE IDLE NAMESPACE CHILDREN UIDPLUS UNSELECT MOVE SPECIAL-USE"
          + " CREATE-SPECIAL-USE LIST-EXTENDED LIST-STATUS STATUS=SIZE APPENDLIMIT=";

  private Capabilities() {}

  static String beforeLogin(Wire wire, ImapConfig config) {
    var all = new StringBuilder(ALWAYS);
    if (wire.canStartTls()) {
      all.append(" STARTTLS");
    }
    // RFC 3501 §6.2.3, §11.1: no password in plain text
    return all.append(takesPasswords(wire, config) ? " AUTH=PLAIN AUTH=LOGIN" : " LOGINDISABLED")
        .toString();
  }

  static boolean takesPasswords(Wire wire, ImapConfig config) {
    return wire.isSecure() || config.plaintextLogin();
  }

  static String afterLogin(ImapConfig config) {
    return SIGNED_IN + config.appendLimit().asLongValue();
  }
}
