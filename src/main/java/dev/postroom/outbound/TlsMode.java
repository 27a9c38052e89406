package dev.postroom.outbound;

/** Whether a conversation with another server is encrypted. */
public enum TlsMode {
  /** Always in plain text. */
  NEVER,
  /** When the other server offers it, whatever its certificate; else in plain text (RFC 7435). */
  OPPORTUNISTIC,
  /** Always, whatever its certificate. */
  REQUIRED,
  /** Always, and the certificate must be valid for the host's name. */
  VERIFIED;

  boolean mayBePlain() {
    return this == NEVER || this == OPPORTUNISTIC;
  }
}
