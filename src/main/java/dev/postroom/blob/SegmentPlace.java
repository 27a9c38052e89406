package dev.postroom.blob;

import java.util.HexFormat;

/**
 * Where a record is, which is its name, too: no index is needed to find it.
 *
 * @param segment the number of the file
 * @param offset of the record's header
 * @param length octets behind the header
 */
record SegmentPlace(long segment, long offset, int length) {
  /** No SHA-256 begins like that. */
  private static final String MARK = "0".repeat(16);

  static boolean isNamedBy(BlobId id) {
    return id.name().startsWith(MARK);
  }

  static SegmentPlace of(BlobId id) {
    return new SegmentPlace(number(id, 1), number(id, 2), (int) number(id, 3));
  }

  private static long number(BlobId id, int position) {
    return HexFormat.fromHexDigitsToLong(id.name(), 16 * position, 16 * position + 16);
  }

  BlobId id() {
    var hex = HexFormat.of();
    return new BlobId(
        MARK + hex.toHexDigits(segment) + hex.toHexDigits(offset) + hex.toHexDigits((long) length));
  }

  /** The first octet of what was kept. */
  long start() {
    return offset + RecordHeader.OCTETS;
  }

  /** Behind its last octet. */
  long end() {
    return start() + length;
  }
}
