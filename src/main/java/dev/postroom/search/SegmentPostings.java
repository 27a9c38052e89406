package dev.postroom.search;

import java.nio.BufferUnderflowException;
import java.util.function.IntConsumer;

/** In which documents the terms of a segment are. */
final class SegmentPostings {
  private final byte[] octets;
  private final int[] ends;
  private final int start;

  private final int sealOfTerms;

  private SegmentPostings(byte[] octets, int sealOfTerms, int[] ends, int start) {
    this.octets = octets;
    this.sealOfTerms = sealOfTerms;
    this.ends = ends;
    this.start = start;
  }

  static SegmentPostings open(byte[] octets) throws DamagedException {
    var in = Sealed.open(octets);
    try {
      int seal = in.getInt();
      var ends = new int[in.getInt()];
      in.asIntBuffer().get(ends);
      return new SegmentPostings(octets, seal, ends, in.position() + Integer.BYTES * ends.length);
    } catch (BufferUnderflowException | NegativeArraySizeException wrong) {
      throw new DamagedException("cut short");
    }
  }

  /** Whether they were written together: between two reads a segment may be replaced. */
  boolean belongTo(SegmentTerms terms) {
    return sealOfTerms == terms.seal();
  }

  void documents(int ordinal, IntConsumer documents) {
    int from = ordinal == 0 ? 0 : ends[ordinal - 1];
    Postings.read(octets, start + from, start + ends[ordinal], documents);
  }
}
