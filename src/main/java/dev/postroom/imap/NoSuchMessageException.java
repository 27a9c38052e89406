package dev.postroom.imap;

/** The client names message numbers that are not in use: BAD. */
final class NoSuchMessageException extends Exception {
  NoSuchMessageException(String message) {
    super(message, null, false, false);
  }
}
