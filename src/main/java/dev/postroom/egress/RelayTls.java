package dev.postroom.egress;

import dev.postroom.outbound.TlsMode;

/** How a relay host is talked to. */
public enum RelayTls {
  /** Encrypted, and the certificate must be valid for its name. */
  VERIFIED,
  /** Encrypted, whatever the certificate. */
  REQUIRED,
  /** Encrypted where the relay host offers it; not with a login. */
  OPPORTUNISTIC;

  TlsMode mode() {
    return switch (this) {
      case VERIFIED -> TlsMode.VERIFIED;
      case REQUIRED -> TlsMode.REQUIRED;
      case OPPORTUNISTIC -> TlsMode.OPPORTUNISTIC;
    };
  }
}
