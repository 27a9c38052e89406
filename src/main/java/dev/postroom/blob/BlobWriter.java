package dev.postroom.blob;

import java.io.IOException;
import java.io.OutputStream;

/** Takes the octets of a blob to be. Closed without {@link #keep}, it leaves nothing behind. */
public abstract class BlobWriter extends OutputStream {
  /** Octets written so far. */
  public abstract long size();

  /** Makes it durable (on disk, synced) and gives its name. No octets can follow. */
  public abstract BlobId keep() throws IOException;

  /** Throws away what was not kept. */
  @Override
  public abstract void close() throws IOException;
}
