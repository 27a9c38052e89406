package dev.postroom.outbound;

import dev.postroom.blob.Blob;
import dev.postroom.blob.BlobId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The stored octets of a message as they go on: without the Return-Path on top, and whole. */
record StoredContent(BlobId id, Blob blob) {
  private static final int BUFFER = 16 * 1024;

  /** The message could not be read here; the other server is not to blame. */
  static final class UnreadableException extends IOException {
    UnreadableException(String message, @Nullable IOException cause) {
      super(message, cause);
    }
  }

  /**
   * Whatever goes wrong while it is read is an {@link UnreadableException}, an early end as well.
   */
  InputStream open() throws IOException {
    try {
      var in = new BufferedInputStream(blob.read(), BUFFER);
      long left = blob.size() - ReturnPathField.skip(in);
      return new Checked(in, left);
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  private UnreadableException unreadable(IOException cause) {
    return new UnreadableException("cannot read the stored message " + id, cause);
  }

  private final class Checked extends InputStream {
    private final InputStream in;
    private long left;

    Checked(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
      int n;
      try {
        n = in.read(octets, offset, length);
      } catch (IOException failed) {
        throw unreadable(failed);
      }
      if (n > 0) {
        left -= n;
      } else if (n < 0 && left != 0) {
        throw new UnreadableException("the stored message " + id + " is not whole", null);
      }
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
