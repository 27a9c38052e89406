package dev.postroom.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the octets of a record: a mark, their number, their CRC-32C.
 *
 * @param live false: its octets are gone
 */
record RecordHeader(boolean live, int length, int checksum) {
  static final int OCTETS = 12;

  private static final int LIVE = 0x506d7231; // "Pmr1"
  private static final int GONE = 0x506d7230; // "Pmr0"

  static RecordHeader of(byte[] octets, int length) {
    var crc = new CRC32C();
    crc.update(octets, 0, length);
    return new RecordHeader(true, length, (int) crc.getValue());
  }

  RecordHeader gone() {
    return new RecordHeader(false, length, checksum);
  }

  void write(ByteBuffer into) {
    into.putInt(live ? LIVE : GONE).putInt(length).putInt(checksum);
  }

  /** Null when none stands there. */
  static @Nullable RecordHeader read(FileChannel channel, long offset) throws IOException {
    var buffer = ByteBuffer.allocate(OCTETS);
    readFully(channel, offset, buffer);
    return read(buffer.flip());
  }

  /** Null when what the buffer begins with is none. */
  static @Nullable RecordHeader read(ByteBuffer buffer) {
    if (buffer.remaining() < OCTETS) {
      return null;
    }
    int mark = buffer.getInt();
    int length = buffer.getInt();
    return (mark == LIVE || mark == GONE) && length >= 0
        ? new RecordHeader(mark == LIVE, length, buffer.getInt())
        : null;
  }

  /** Fills the buffer, or as much of it as there is. */
  static void readFully(FileChannel channel, long offset, ByteBuffer into) throws IOException {
    long at = offset;
    for (int read = 0; into.hasRemaining() && read >= 0; at += read) {
      read = channel.read(into, at);
    }
  }
}
