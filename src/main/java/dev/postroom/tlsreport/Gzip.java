package dev.postroom.tlsreport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses and, within a measure, decompresses. */
final class Gzip {
  private Gzip() {}

  static byte[] compress(byte[] octets) {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(octets);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return compressed.toByteArray();
  }

  /**
   * @throws IOException when it is damaged, or holds more than {@code most} octets
   */
  static byte[] decompress(byte[] octets, int most) throws IOException {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(octets))) {
      var plain = gzip.readNBytes(most + 1);
      if (plain.length > most) {
        throw new IOException("it holds more than " + most + " octets");
      }
      return plain;
    }
  }
}
