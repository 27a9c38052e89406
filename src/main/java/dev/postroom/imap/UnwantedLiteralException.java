package dev.postroom.imap;

import java.io.IOException;

/** The client sends more than will be read past: the conversation ends with BYE. */
final class UnwantedLiteralException extends IOException {
  UnwantedLiteralException(String message) {
    super(message);
  }
}
