package dev.postroom.routing;

import dev.postroom.blob.BlobWriter;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes the octets of a message, on their way into a blob. Closed without {@link #keep}, it leaves
 * nothing behind.
 */
public final class ContentWriter extends OutputStream {
  private final BlobWriter blob;
  private final ContentReader reader = new ContentReader();

  ContentWriter(BlobWriter blob) {
    this.blob = blob;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    blob.write(octets, offset, length);
    reader.write(octets, offset, length);
  }

  /** Makes it durable. No octets can follow. */
  public Content keep() throws IOException {
    return reader.finish(blob.keep());
  }

  @Override
  public void close() throws IOException {
    blob.close();
  }
}
