package dev.postroom.message;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A message with some stretches of it written otherwise, made anew each time it is read. */
public final class RewrittenMessage {
  private static final int BUFFER = 16 * 1024;

  private final MessageSource source;
  private final List<Change> changes;

  /**
   * @param changes in their order, not overlapping
   */
  RewrittenMessage(MessageSource source, List<Change> changes) {
    this.source = source;
    this.changes = List.copyOf(changes);
  }

  /** How many octets it has; reads all of it. */
  public long size() throws IOException {
    var counter = new Counter();
    writeTo(counter);
    return counter.octets;
  }

  public void writeTo(OutputStream out) throws IOException {
    try (var in = new BufferedInputStream(source.open(), BUFFER)) {
      long at = 0;
      for (var change : changes) {
        new Run(in, change.from() - at).transferTo(out);
        change.rewrite(new Run(in, change.to() - change.from()), out);
        at = change.to();
      }
      in.transferTo(out);
    }
  }

  /** So many octets of a longer stream. */
  private static final class Run extends InputStream {
    private final InputStream in;
    private long left;

    Run(InputStream in, long length) {
      this.in = in;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int n = in.read(octets, offset, (int) Math.min(length, left));
      if (n < 0) {
        throw new EOFException("the message is shorter than a moment ago");
      }
      left -= n;
      return n;
    }
  }

  private static final class Counter extends OutputStream {
    private long octets;

    @Override
    public void write(int octet) {
      octets++;
    }

    @Override
    public void write(byte[] written, int offset, int length) {
      octets += length;
    }
  }
}
