package dev.postroom.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * What mail clients ask about a message again and again, computed once when it arrives: size,
 * ENVELOPE, BODYSTRUCTURE with the octet ranges of every part.
 *
 * @param size octets in all
 */
public record MessageSummary(long size, MessageEnvelope envelope, BodyPart body) {

  /**
   * Reads a message to its end. Malformed mail gives a well-formed summary all the same. Where the
   * octets are written somewhere anyway, a {@link MessageScanner} can read them as they pass by.
   */
  public static ScannedMessage scan(InputStream message) throws IOException {
    var scanner = new MessageScanner();
    message.transferTo(scanner);
    return scanner.finish();
  }

  /** A compact form for the database (CBOR, at most 1 MiB); {@link #decode} reads it. */
  public byte[] encode() {
    return SummaryWriter.encode(this);
  }

  /**
   * @throws IllegalArgumentException when {@link #encode} did not write it
   */
  public static MessageSummary decode(byte[] encoded) {
    return SummaryReader.decode(encoded);
  }
}
