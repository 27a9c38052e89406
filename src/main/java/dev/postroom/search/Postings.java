package dev.postroom.search;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The documents that have a term, ascending: the distance of each from the one before, seven bits
 * an octet, the last octet of each below 128.
 */
final class Postings {
  private byte[] octets = new byte[2];
  private int size;
  private int last = -1;

  /** Whether the document is new here; it must not be below those that are there. */
  boolean add(int document) {
    if (document == last) {
      return false;
    }
    int distance = document - last;
    while (distance >= 0x80) {
      append(distance & 0x7F | 0x80);
      distance >>>= 7;
    }
    append(distance);
    last = document;
    return true;
  }

  private void append(int octet) {
    if (size == octets.length) {
      octets = Arrays.copyOf(octets, 2 * size);
    }
    octets[size++] = (byte) octet;
  }

  int size() {
    return size;
  }

  void writeTo(ByteBuffer out) {
    out.put(octets, 0, size);
  }

  static void read(byte[] from, int start, int end, IntConsumer documents) {
    int document = -1;
    int distance = 0;
    int shift = 0;
    for (int i = start; i < end; i++) {
      distance |= (from[i] & 0x7F) << shift;
      if (from[i] < 0) {
        shift += 7;
      } else {
        document += distance;
        documents.accept(document);
        distance = 0;
        shift = 0;
      }
    }
  }
}
