package dev.postroom.dns;

import java.util.HexFormat;

/**
 * What a TLS server's certificate must be (RFC 6698 §2.1). Any number may be one that nobody here
 * knows.
 *
 * @param data the certificate or key, or its digest, in lower-case hexadecimal digits
 */
public record TlsaRecord(int usage, int selector, int matchingType, String data) {
  static TlsaRecord of(int usage, int selector, int matchingType, byte[] data) {
    return new TlsaRecord(usage, selector, matchingType, HexFormat.of().formatHex(data));
  }

  /** As in a zone file. */
  @Override
  public String toString() {
    return usage + " " + selector + " " + matchingType + " " + data;
  }
}
