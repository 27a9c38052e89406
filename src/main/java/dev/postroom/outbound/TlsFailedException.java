package dev.postroom.outbound;

import java.io.IOException;

/** The handshake failed; without TLS the host may still take mail. */
final class TlsFailedException extends IOException {
  TlsFailedException(String message, IOException cause) {
    super(message, cause);
  }
}
