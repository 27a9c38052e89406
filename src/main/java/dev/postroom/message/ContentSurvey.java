package dev.postroom.message;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which octets stand in which header and in which part of a message. The message is read twice;
 * what is kept does not grow with it.
 */
public final class ContentSurvey {
  private static final int BUFFER = 16 * 1024;

  /** What a run of octets is. */
  enum Place {
    HEADER,
    BODY,
    /** Before, after and between the parts of a multipart, delimiters among it. */
    BETWEEN
  }

  /** Octets {@code from} (and not with it) {@code to} of the message. */
  record Stretch(Place place, long from, long to, OctetCount octets) {
    static Stretch of(Place place, long from, long to) {
      return new Stretch(place, from, to, new OctetCount());
    }
  }

  private final BodyPart structure;
  private final List<Stretch> stretches;

  private ContentSurvey(BodyPart structure, List<Stretch> stretches) {
    this.structure = structure;
    this.stretches = stretches;
  }

  public static ContentSurvey of(MessageSource message) throws IOException {
    var scanner = new MessageScanner();
    try (var in = message.open()) {
      in.transferTo(scanner);
    }
    var summary = scanner.finish().summary();
    var marked = new ArrayList<Stretch>();
    mark(summary.body(), marked);
    var stretches = withGaps(marked, summary.size());
    try (var in = new BufferedInputStream(message.open(), BUFFER)) {
      for (var stretch : stretches) {
        count(in, stretch);
      }
    }
    return new ContentSurvey(summary.body(), stretches);
  }

  private static void mark(BodyPart part, List<Stretch> marked) {
    var extent = part.extent();
    marked.add(Stretch.of(Place.HEADER, extent.header(), extent.body()));
    switch (part) {
      case BodyPart.Single _ -> marked.add(Stretch.of(Place.BODY, extent.body(), extent.end()));
      case BodyPart.Multi multi -> multi.parts().forEach(inner -> mark(inner, marked));
      case BodyPart.Embedded embedded -> mark(embedded.body(), marked);
    }
  }

  private static List<Stretch> withGaps(List<Stretch> marked, long size) {
    marked.sort(Comparator.comparingLong(Stretch::from));
    var all = new ArrayList<Stretch>();
    long at = 0;
    for (var stretch : marked) {
      if (stretch.from() > at) {
        all.add(Stretch.of(Place.BETWEEN, at, stretch.from()));
      }
      all.add(stretch);
      at = stretch.to();
    }
    if (size > at) {
      all.add(Stretch.of(Place.BETWEEN, at, size));
    }
    return all;
  }

  private static void count(InputStream in, Stretch stretch) throws IOException {
    for (long left = stretch.to() - stretch.from(); left > 0; left--) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("the message is shorter than a moment ago");
      }
      stretch.octets().add(octet);
    }
  }

  BodyPart structure() {
    return structure;
  }

  OctetCount body(BodyPart.Single part) {
    return stretches.stream()
        .filter(s -> s.place() == Place.BODY && s.from() == part.extent().body())
        .findFirst()
        .orElseThrow()
        .octets();
  }

  /** RFC 6532 §3.2: a header field, of the message or of a part, is not in ASCII. */
  public boolean hasEightBitHeader() {
    return stretches.stream().anyMatch(s -> s.place() == Place.HEADER && s.octets().hasEightBit());
  }

  boolean hasEightBitBetween() {
    return stretches.stream().anyMatch(s -> s.place() == Place.BETWEEN && s.octets().hasEightBit());
  }

  /** Whether a whole part, header and all that is in it, has octets above 127. */
  boolean hasEightBit(BodyPart part) {
    return within(part).anyMatch(s -> s.octets().hasEightBit());
  }

  /** Whether it has what only {@code binary} allows (RFC 2045 §2.9). */
  boolean isBinary(BodyPart part) {
    return within(part).anyMatch(s -> s.octets().isBinary());
  }

  private java.util.stream.Stream<Stretch> within(BodyPart part) {
    return stretches.stream()
        .filter(s -> s.from() >= part.extent().header() && s.to() <= part.extent().end());
  }
}
