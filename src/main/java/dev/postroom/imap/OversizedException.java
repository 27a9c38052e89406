package dev.postroom.imap;

import java.io.IOException;

/**
 * The client sends more than will be read past, and what follows would be taken for commands: the
 * conversation ends with BYE.
 */
final class OversizedException extends IOException {
  OversizedException(String message) {
    super(message);
  }
}
