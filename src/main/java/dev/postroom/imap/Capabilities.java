package dev.postroom.imap;

import dev.postroom.net.Wire;
import java.util.ArrayList;
import java.util.List;

/** What is announced (RFC 3501 §7.2.1), by state: only what is whole. */
final class Capabilities {
  /** At any time. */
  private static final List<String> ALWAYS =
      List.of("IMAP4rev1", "IMAP4rev2", "LITERAL+", "ID", "ENABLE", "IDLE");

  /** To those who have not signed in. */
  private static final List<String> BEFORE_LOGIN = List.of("SASL-IR");

  /** To those who have, in alphabetical order. */
  private static final List<String> AFTER_LOGIN =
      List.of(
          "ACL",
          "BINARY",
          "CATENATE",
          "CHILDREN",
          "CONDSTORE",
          "CREATE-SPECIAL-USE",
          "ESEARCH",
          "ESORT",
          "I18NLEVEL=1",
          "INPROGRESS",
          "LIST-EXTENDED",
          "LIST-METADATA",
          "LIST-MYRIGHTS",
          "LIST-STATUS",
          "METADATA",
          "MOVE",
          "MULTIAPPEND",
          "MULTISEARCH",
          "NAMESPACE",
          "NOTIFY",
          "OBJECTID",
          "PARTIAL",
          "PREVIEW",
          "QRESYNC",
          "QUOTA",
          "QUOTA=RES-STORAGE",
          "RIGHTS=texk",
          "REPLACE",
          "SAVEDATE",
          "SEARCHRES",
          "SORT",
          "SORT=DISPLAY",
          "SPECIAL-USE",
          "STATUS=SIZE",
          "THREAD=ORDEREDSUBJECT",
          "THREAD=REFERENCES",
          "UIDONLY",
          "UIDPLUS",
          "UNSELECT",
          "UTF8=ACCEPT",
          "WITHIN");

  private Capabilities() {}

  static String beforeLogin(Wire wire, ImapServices services) {
    var all = new ArrayList<>(ALWAYS);
    all.addAll(BEFORE_LOGIN);
    if (wire.canStartTls()) {
      all.add("STARTTLS");
    }
    if (takesPasswords(wire, services.config)) {
      for (var mechanism : services.sasl.mechanisms(wire::channelBinding)) {
        all.add("AUTH=" + mechanism);
      }
    } else {
      all.add("LOGINDISABLED"); // RFC 3501 §6.2.3, §11.1: no password in plain text
    }
    return String.join(" ", all);
  }

  static boolean takesPasswords(Wire wire, ImapConfig config) {
    return wire.isSecure() || config.plaintextLogin();
  }

  static String afterLogin(Wire wire, ImapConfig config) {
    var all = new ArrayList<>(ALWAYS);
    all.addAll(AFTER_LOGIN);
    if (!wire.isDeflated()) {
      all.add("COMPRESS=DEFLATE"); // RFC 4978 §3: not once it is active
      all.add("UNAUTHENTICATE");
    }
    all.add("APPENDLIMIT=" + config.appendLimit().asLongValue());
    all.add("MESSAGELIMIT=" + config.messageLimit());
    return String.join(" ", all);
  }
}
