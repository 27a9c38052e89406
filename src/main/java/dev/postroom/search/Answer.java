package dev.postroom.search;

import dev.postroom.search.Segment.Extent;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What one segment knows of a needle.
 *
 * @param messages null when the segment could not be read: then it knows nothing
 * @param documents those that meet all patterns
 * @param exact whether they have it for sure
 */
record Answer(Extent extent, @Nullable SegmentMessages messages, BitSet documents, boolean exact) {

  static Answer nothing(Extent extent) {
    return new Answer(extent, null, new BitSet(), false);
  }

  /** Looks for the needle; the postings are asked for only where the terms have all patterns. */
  static Answer of(Extent extent, SegmentTerms terms, Needle needle, PostingsSource source)
      throws DamagedException {
    if (!needle.patterns().stream().allMatch(terms::has)) {
      return new Answer(extent, terms.messages(), new BitSet(), needle.exact());
    }
    var postings = source.read();
    if (postings == null || !postings.belongTo(terms)) {
      return nothing(extent);
    }
    var documents = new BitSet();
    documents.set(0, 2 * terms.messages().count());
    for (var pattern : needle.patterns()) {
      var some = new BitSet();
      terms.matching(pattern, ordinal -> postings.documents(ordinal, some::set));
      documents.and(some);
    }
    return new Answer(extent, terms.messages(), documents, needle.exact());
  }

  /** Where the postings come from; null when they are gone. */
  @FunctionalInterface
  interface PostingsSource {
    @Nullable SegmentPostings read() throws DamagedException;
  }

  Finding find(long uid, boolean headerToo) {
    int message = messages == null ? -1 : messages.number(uid);
    if (message < 0) {
      return Finding.UNKNOWN;
    }
    boolean found =
        documents.get(Segment.bodyDocument(message))
            || (headerToo && documents.get(Segment.headerDocument(message)));
    if (!found) {
      return Finding.NO;
    }
    return exact ? Finding.YES : Finding.UNKNOWN;
  }
}
