package dev.postroom.search;

import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/** The terms of a segment, ready to be searched. */
final class SegmentTerms {
  /** Takes one term and its place among all. */
  @FunctionalInterface
  interface TermConsumer {
    void accept(int ordinal, String term);
  }

  private final SegmentMessages messages;
  private final String terms;
  private final int seal;

  private SegmentTerms(SegmentMessages messages, String terms, int seal) {
    this.messages = messages;
    this.terms = terms;
    this.seal = seal;
  }

  static SegmentTerms open(byte[] octets) throws DamagedException {
    var in = Sealed.open(octets);
    try {
      var messages = SegmentMessages.read(in);
      var terms = new String(octets, in.position(), in.remaining(), StandardCharsets.ISO_8859_1);
      return new SegmentTerms(messages, terms, Sealed.seal(in));
    } catch (BufferUnderflowException | NegativeArraySizeException wrong) {
      throw new DamagedException("cut short");
    }
  }

  /** Tells these terms from all others; see {@link SegmentPostings#belongTo}. */
  int seal() {
    return seal;
  }

  SegmentMessages messages() {
    return messages;
  }

  boolean has(String pattern) {
    return terms.contains(pattern);
  }

  /** The places of all terms that match a pattern of {@link Needle}. */
  void matching(String pattern, IntConsumer ordinals) {
    int ordinal = -1;
    int counted = 0;
    int at = terms.indexOf(pattern);
    while (at >= 0) {
      for (; counted <= at; counted++) {
        ordinal += terms.charAt(counted) == Needle.END ? 1 : 0;
      }
      ordinals.accept(ordinal);
      at = terms.indexOf(pattern, terms.indexOf(Needle.END, at + 1));
    }
  }

  void forEachTerm(TermConsumer consumer) {
    int ordinal = 0;
    int start = 1;
    for (int end = terms.indexOf(Needle.END, 1); end > 0; end = terms.indexOf(Needle.END, start)) {
      consumer.accept(ordinal++, terms.substring(start, end));
      start = end + 1;
    }
  }
}
