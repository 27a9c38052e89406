package dev.postroom.message;

/**
 * A message that was read once, from its first octet to its last.
 *
 * @param header the header section with its closing empty line, at most 64 KiB of it
 * @param headerIsWhole false when the header was longer than that
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record ScannedMessage(MessageSummary summary, byte[] header, boolean headerIsWhole) {}
