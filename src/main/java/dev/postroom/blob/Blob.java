package dev.postroom.blob;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** One blob, open for reading. Several streams may be read side by side. */
public interface Blob extends Closeable {
  /** Octets in all. */
  long size();

  /** The octets from {@code offset} (0 is the first) on, at most {@code length} of them. */
  InputStream read(long offset, long length) throws IOException;

  default InputStream read() throws IOException {
    return read(0, size());
  }
}
