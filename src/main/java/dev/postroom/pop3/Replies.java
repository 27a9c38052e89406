package dev.postroom.pop3;

import dev.postroom.net.Wire;
import java.io.IOException;

/** Writes the first lines of responses (RFC 1939 §3). */
record Replies(Wire wire) {
  /** RFC 2449 §8.1 and RFC 3206: what kind of failure it is, for programs. */
  enum Code {
    /** The maildrop is open in another session. */
    IN_USE("IN-USE"),
    /** Name and password are wrong, or the login is not allowed. */
    AUTH("AUTH"),
    /** The server's fault, and no use trying again before somebody has mended it. */
    SYS_PERM("SYS/PERM"),
    /** The server's fault; trying again later may help. */
    SYS_TEMP("SYS/TEMP");

    private final String text;

    Code(String text) {
      this.text = text;
    }
  }

  void ok() throws IOException {
    wire.write("+OK\r\n");
  }

  void ok(String text) throws IOException {
    wire.write("+OK " + text + "\r\n");
  }

  void error(String text) throws IOException {
    wire.write("-ERR " + text + "\r\n");
  }

  void error(Code code, String text) throws IOException {
    error("[" + code.text + "] " + text);
  }

  /** RFC 5034 §4: a challenge in base64. */
  void challenge(String base64) throws IOException {
    wire.write("+ " + base64 + "\r\n");
  }

  /** A line of a multi-line response; never begins with a dot here. */
  void line(String text) throws IOException {
    wire.write(text + "\r\n");
  }

  void endOfLines() throws IOException {
    wire.write(".\r\n");
  }
}
