package dev.postroom.blob;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * The file that records are appended to. What lies ahead is filled with zeros in time: syncing
 * octets that replace others is cheaper than syncing a file that grows. For one thread at a time.
 */
final class Segment implements Closeable {
  private static final int LEAST_AHEAD = 64 * 1024;
  private static final int MOST_AHEAD = 1024 * 1024;

  private final long number;
  private final Instant begun;
  private final FileChannel channel;
  private final ByteBuffer buffer;
  private long end;
  private long flushed;
  private long allocated;

  private Segment(long number, Instant begun, FileChannel channel, ByteBuffer buffer) {
    this.number = number;
    this.begun = begun;
    this.channel = channel;
    this.buffer = buffer;
  }

  /**
   * @param buffer for its use alone until it is closed
   * @throws java.nio.file.FileAlreadyExistsException when somebody else has that number
   */
  static Segment begin(Path file, long number, Instant now, ByteBuffer buffer) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      Directories.sync(file.resolveSibling(""));
      return new Segment(number, now, channel, buffer);
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  long number() {
    return number;
  }

  Instant begun() {
    return begun;
  }

  long end() {
    return end;
  }

  /** To the file, not yet to the disk. */
  SegmentPlace append(byte[] octets, int length) throws IOException {
    var place = new SegmentPlace(number, end, length);
    allocate(place.end());
    if (buffer.remaining() < RecordHeader.OCTETS) {
      flush();
    }
    RecordHeader.of(octets, length).write(buffer);
    for (int at = 0; at < length; ) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int part = Math.min(length - at, buffer.remaining());
      buffer.put(octets, at, part);
      at += part;
    }
    end = place.end();
    return place;
  }

  private void allocate(long needed) throws IOException {
    while (allocated < needed) {
      int more = (int) Math.clamp(allocated, LEAST_AHEAD, MOST_AHEAD);
      writeFully(ByteBuffer.allocate(more), allocated);
      allocated += more;
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    int length = buffer.remaining();
    writeFully(buffer, flushed);
    flushed += length;
    buffer.clear();
  }

  private void writeFully(ByteBuffer octets, long position) throws IOException {
    long at = position;
    while (octets.hasRemaining()) {
      at += channel.write(octets, at);
    }
  }

  /** Everything that was appended is on the disk when it returns. */
  void sync() throws IOException {
    flush();
    channel.force(false);
  }

  /** Gives back what lies ahead. */
  @Override
  public void close() throws IOException {
    try (channel) {
      buffer.clear();
      channel.truncate(end);
    }
  }
}
