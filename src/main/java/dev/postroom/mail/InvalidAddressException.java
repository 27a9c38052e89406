package dev.postroom.mail;

/** The text is not a domain name or mail address; the message says why, in words for its author. */
public final class InvalidAddressException extends IllegalArgumentException {
  public InvalidAddressException(String message) {
    super(message);
  }
}
