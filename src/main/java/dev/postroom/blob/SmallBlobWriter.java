package dev.postroom.blob;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects a blob in memory for a segment. When it grows beyond what goes there, it is written to a
 * file after all. For one thread.
 */
final class SmallBlobWriter extends BlobWriter {
  private static final int FIRST_OCTETS = 4096 + 1024; // most messages, with what is put on top

  /** Makes a writer for what is too large. */
  @FunctionalInterface
  interface Large {
    BlobWriter write() throws IOException;
  }

  private final Segments segments;
  private final int most;
  private final Large large;
  private byte[] octets;
  private int length;
  private boolean closed;
  private @Nullable BlobWriter spilled;

  SmallBlobWriter(Segments segments, int most, Large large) {
    this.segments = segments;
    this.most = most;
    this.large = large;
    this.octets = new byte[Math.min(FIRST_OCTETS, most)];
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, from.length);
    if (closed) {
      throw new IOException("this blob is closed");
    }
    if (spilled == null && count > most - length) {
      spill();
    }
    if (spilled != null) {
      spilled.write(from, offset, count);
      return;
    }
    if (length + count > octets.length) {
      octets = Arrays.copyOf(octets, Math.clamp(2L * octets.length, length + count, most));
    }
    System.arraycopy(from, offset, octets, length, count);
    length += count;
  }

  private void spill() throws IOException {
    spilled = large.write();
    spilled.write(octets, 0, length);
    octets = new byte[0];
  }

  @Override
  public void flush() throws IOException {
    if (spilled != null) {
      spilled.flush();
    }
  }

  @Override
  public long size() {
    return spilled == null ? length : spilled.size();
  }

  @Override
  public BlobId keep() throws IOException {
    closed = true;
    return spilled == null ? segments.keep(octets, length) : spilled.keep();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    if (spilled != null) {
      spilled.close();
    }
  }
}
