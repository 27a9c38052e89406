package dev.postroom.message;

/**
 * A message that was read once, from its first octet to its last.
 *
 * @param header the header section with its closing empty line, at most 64 KiB of it
 * @param headerIsWhole false when the header was longer than that
 * @param lineEnds how many octets more it has when every line, the last one too, ends with CRLF
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record ScannedMessage(
    MessageSummary summary, byte[] header, boolean headerIsWhole, int lineEnds) {}
