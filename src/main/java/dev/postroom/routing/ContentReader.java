package dev.postroom.routing;

import dev.postroom.blob.BlobId;
import dev.postroom.message.MessageScanner;
import java.io.OutputStream;

/** Learns what is to be known of a message while its octets pass by. */
final class ContentReader extends OutputStream {
  private final MessageScanner scanner = new MessageScanner();
  private int bits;

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) {
    int seen = 0;
    for (int i = offset; i < offset + length; i++) {
      seen |= octets[i];
    }
    bits |= seen;
    scanner.write(octets, offset, length);
  }

  Content finish(BlobId blob) {
    return new Content(blob, scanner.finish(), bits < 0);
  }
}
