package dev.postroom.search;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Octets with a head that tells whether they are what was written: a format and a checksum. */
final class Sealed {
  /** The octets of the head. */
  static final int HEAD = 5;

  private Sealed() {}

  /**
   * @param octets its first {@link #HEAD} octets become the head
   */
  static byte[] seal(byte[] octets) {
    ByteBuffer.wrap(octets).put((byte) Segment.FORMAT).putInt(checksum(octets));
    return octets;
  }

  private static int checksum(byte[] octets) {
    var crc = new CRC32C();
    crc.update(octets, HEAD, octets.length - HEAD);
    return (int) crc.getValue();
  }

  /** Stands behind the head. */
  static ByteBuffer open(byte[] octets) throws DamagedException {
    if (octets.length < HEAD) {
      throw new DamagedException("cut short");
    }
    var buffer = ByteBuffer.wrap(octets);
    int format = buffer.get();
    if (format != Segment.FORMAT) {
      throw new DamagedException("of format " + format);
    }
    if (buffer.getInt() != checksum(octets)) {
      throw new DamagedException("not what was written");
    }
    return buffer;
  }

  /** The checksum of sealed octets, which tells them from others. */
  static int seal(ByteBuffer sealed) {
    return sealed.getInt(1);
  }
}
