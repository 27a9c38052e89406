package dev.postroom.blob;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A small blob, read when it was opened. */
final class HeldBlob implements Blob {
  private final byte[] octets;
  private final int first;
  private final int size;

  HeldBlob(byte[] octets, int first, int size) {
    this.octets = octets;
    this.first = first;
    this.size = size;
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
    int start = (int) Math.min(offset, size);
    return new ByteArrayInputStream(octets, first + start, (int) Math.min(length, size - start));
  }

  @Override
  public void close() {
    // nothing is open
  }
}
