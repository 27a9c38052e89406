package dev.postroom.blob;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file, or a part of one, open for reading; every stream has a position of its own. */
final class FileBlob implements Blob {
  private final FileChannel channel;
  private final Closeable owner;
  private final long first;
  private final long size;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param owner of the channel; closed when this is closed
   */
  FileBlob(FileChannel channel, Closeable owner, long first, long size) {
    this.channel = channel;
    this.owner = owner;
    this.first = first;
    this.size = size;
  }

  static FileBlob open(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new FileBlob(channel, channel, 0, channel.size());
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream read(long offset, long length) {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("offset " + offset + ", length " + length);
    }
    long start = Math.min(offset, size);
    return new Stretch(first + start, first + start + Math.min(length, size - start));
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      owner.close();
    }
  }

  /** From a position up to an end. */
  private final class Stretch extends InputStream {
    private final long end;
    private long position;

    Stretch(long position, long end) {
      this.position = position;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (length == 0) {
        return 0;
      }
      if (position >= end) {
        return -1;
      }
      if (closed.get()) { // somebody else may have the channel now
        throw new ClosedChannelException();
      }
      int wanted = (int) Math.min(length, end - position);
      int got = channel.read(ByteBuffer.wrap(into, offset, wanted), position);
      if (got < 0) {
        throw new EOFException("the file ends at " + position + " instead of " + end);
      }
      position += got;
      return got;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.clamp(count, 0, end - position);
      position += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, end - position);
    }
  }
}
