package dev.postroom.search;

import dev.postroom.search.Segment.Extent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/** Collects the terms of messages, in UID order, and makes a segment of them. For one thread. */
final class SegmentBuilder {
  static final int MAX_MESSAGES = 1024;

  /** Of all its terms together; the last message may exceed it. */
  static final int MAX_TERM_OCTETS = 1024 * 1024;

  /** A message with more than that is not indexed: every search looks into it. */
  static final int MAX_TERM_OCTETS_OF_MESSAGE = 256 * 1024;

  private final Map<String, Postings> terms = new LinkedHashMap<>();
  private final List<Long> uids = new ArrayList<>();
  private final BitSet unread = new BitSet();
  private int termOctets;

  /** Takes the terms of one message. */
  final class Message {
    private final int number;
    private int octets;

    private Message(int number) {
      this.number = number;
    }

    void headerTerm(String term) {
      add(term, Segment.headerDocument(number));
    }

    void bodyTerm(String term) {
      add(term, Segment.bodyDocument(number));
    }

    private void add(String term, int document) {
      if (octets <= MAX_TERM_OCTETS_OF_MESSAGE && SegmentBuilder.this.add(term, document)) {
        octets += term.length() + 1;
        if (octets > MAX_TERM_OCTETS_OF_MESSAGE) {
          leaveUnread();
        }
      }
    }

    /** It could not be read whole: nothing can be said of it. */
    void leaveUnread() {
      unread.set(number);
    }
  }

  /** The next message; the terms of its header are to come before those of its body. */
  Message message(long uid) {
    uids.add(uid);
    return new Message(uids.size() - 1);
  }

  private boolean add(String term, int document) {
    var postings = terms.get(term);
    if (postings == null) {
      postings = new Postings();
      terms.put(term, postings);
      termOctets += term.length() + 1;
    }
    return postings.add(document);
  }

  /** Takes over the messages of a segment that are still there. */
  void addAll(byte[] itsTerms, byte[] itsPostings, LongPredicate isThere) throws DamagedException {
    var segment = SegmentTerms.open(itsTerms);
    var postings = SegmentPostings.open(itsPostings);
    if (!postings.belongTo(segment)) {
      throw new DamagedException("terms and postings are not of one segment");
    }
    var its = segment.messages();
    var numbers = new int[its.count()];
    for (int i = 0; i < numbers.length; i++) {
      boolean kept = isThere.test(its.uids()[i]);
      numbers[i] = kept ? uids.size() : -1;
      if (kept) {
        unread.set(uids.size(), its.unread().get(i));
        uids.add(its.uids()[i]);
      }
    }
    segment.forEachTerm(
        (ordinal, term) ->
            postings.documents(
                ordinal,
                document -> {
                  int number = numbers[document / 2];
                  if (number >= 0) {
                    add(term, 2 * number + document % 2);
                  }
                }));
  }

  int messages() {
    return uids.size();
  }

  boolean isFull() {
    return uids.size() >= MAX_MESSAGES || termOctets >= MAX_TERM_OCTETS;
  }

  /**
   * @param firstUid where what it covers begins
   * @param lastUid where it ends
   */
  Segment build(long firstUid, long lastUid) {
    var sealedTerms = Sealed.seal(writeTerms());
    return new Segment(
        new Extent(firstUid, lastUid, uids.size()),
        sealedTerms,
        Sealed.seal(writePostings(Sealed.seal(ByteBuffer.wrap(sealedTerms)))));
  }

  private byte[] writeTerms() {
    var messages =
        new SegmentMessages(uids.stream().mapToLong(Long::longValue).toArray(), unread).octets();
    var out = ByteBuffer.allocate(Sealed.HEAD + messages.length + 1 + termOctets);
    out.position(Sealed.HEAD);
    out.put(messages).put((byte) Needle.END);
    for (var term : terms.keySet()) {
      out.put(term.getBytes(StandardCharsets.ISO_8859_1)).put((byte) Needle.END);
    }
    return out.array();
  }

  private byte[] writePostings(int sealOfTerms) {
    int octets = terms.values().stream().mapToInt(Postings::size).sum();
    var out = ByteBuffer.allocate(Sealed.HEAD + Integer.BYTES * (2 + terms.size()) + octets);
    out.position(Sealed.HEAD);
    out.putInt(sealOfTerms).putInt(terms.size());
    int end = 0;
    for (var postings : terms.values()) {
      end += postings.size();
      out.putInt(end);
    }
    terms.values().forEach(postings -> postings.writeTo(out));
    return out.array();
  }
}
