package dev.postroom.imap.syntax;

/** The client's octets are no command; the message says why, in words for its author (BAD). */
public final class ImapSyntaxException extends Exception {
  public ImapSyntaxException(String message) {
    super(message, null, false, false); // thrown for what clients send: no stack trace needed
  }
}
