package dev.postroom.message;

import dev.postroom.mail.EnhancedStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Goes through the parts and notes what is to be written otherwise. */
final class ConversionPlan {
  private static final EnhancedStatus PROHIBITED = new EnhancedStatus(5, 6, 2);
  private static final EnhancedStatus NOT_SUPPORTED = new EnhancedStatus(5, 6, 3);
  private static final EnhancedStatus NEEDS_UTF8 = new EnhancedStatus(5, 6, 7);
  private static final String SEVEN = "7bit";
  private static final String EIGHT = "8bit";
  private static final String BINARY = "binary";
  private static final Set<String> IDENTITY = Set.of(SEVEN, EIGHT, BINARY);

  private final ContentSurvey survey;
  private final Conversion.Target target;
  private final boolean binary;
  private final List<Change> changes = new ArrayList<>();
  private long headerOctets;

  ConversionPlan(ContentSurvey survey, Conversion.Target target, boolean binary) {
    this.survey = survey;
    this.target = target;
    this.binary = binary;
  }

  List<Change> changes() throws NotConvertibleException {
    if (target == Conversion.Target.SEVEN_BIT && survey.hasEightBitHeader()) {
      throw new NotConvertibleException(NEEDS_UTF8, "the message has header fields in UTF-8");
    }
    if (target == Conversion.Target.SEVEN_BIT && survey.hasEightBitBetween()) {
      throw new NotConvertibleException(
          NOT_SUPPORTED, "the message has 8-bit text outside of its parts");
    }
    part(survey.structure(), 1);
    return changes.stream().sorted(Comparator.comparingLong(Change::from)).toList();
  }

  private void part(BodyPart part, int depth) throws NotConvertibleException {
    headerOctets += part.extent().headerSize();
    if (depth >= PartTree.MAX_DEPTH
        || part.extent().headerSize() > PartTree.MAX_HEADER
        || headerOctets > PartTree.MAX_PART_HEADERS) {
      // beyond this the scanner does not tell what a part is
      throw new NotConvertibleException(NOT_SUPPORTED, "its structure is too complicated");
    }
    switch (part) {
      case BodyPart.Single single -> single(single);
      case BodyPart.Multi multi when multi.fields().subtype().equals("signed") ->
          signed(multi, depth);
      case BodyPart.Multi multi -> {
        relabel(multi);
        for (var inner : multi.parts()) {
          part(inner, depth + 1);
        }
      }
      case BodyPart.Embedded embedded -> {
        relabel(embedded);
        part(embedded.body(), depth + 1);
      }
    }
  }

  /** RFC 1847 §2.1: the first part is what was signed, and not an octet of it may change. */
  private void signed(BodyPart.Multi multi, int depth) throws NotConvertibleException {
    var content = multi.parts().getFirst();
    if ((target == Conversion.Target.SEVEN_BIT && survey.hasEightBit(content))
        || (binary && survey.isBinary(content))) {
      throw new NotConvertibleException(
          PROHIBITED, "converting it would break the signature that it carries");
    }
    relabel(multi);
    for (var inner : multi.parts().subList(1, multi.parts().size())) {
      part(inner, depth + 1);
    }
  }

  /** RFC 2045 §6.4: what has parts may be called 7bit, 8bit or binary, and no more. */
  private void relabel(BodyPart whole) {
    label(whole, target == Conversion.Target.SEVEN_BIT ? SEVEN : EIGHT);
  }

  private void label(BodyPart part, String fitting) {
    var label = part.fields().encoding();
    boolean tooMuch = label.equals(BINARY) || (label.equals(EIGHT) && fitting.equals(SEVEN));
    if (tooMuch && part.extent().headerSize() > 0) {
      changes.add(header(part, fitting));
    }
  }

  private static Change.Header header(BodyPart part, String encoding) {
    return new Change.Header(
        part.extent().header(), part.extent().body(), encoding, part instanceof BodyPart.Single);
  }

  private void single(BodyPart.Single part) throws NotConvertibleException {
    var octets = survey.body(part);
    boolean fits =
        !(target == Conversion.Target.SEVEN_BIT && octets.hasEightBit())
            && !(binary && octets.isBinary());
    if (fits) {
      label(part, octets.hasEightBit() ? EIGHT : SEVEN);
      return;
    }
    if (!IDENTITY.contains(part.fields().encoding())) {
      throw new NotConvertibleException(
          NOT_SUPPORTED,
          "a part of it is not encoded as it says (" + part.fields().encoding() + ")");
    }
    if (part.fields().parameter("boundary").isPresent()
        || Set.of("partial", "external-body").contains(messageSubtype(part))) {
      // RFC 2046 §5.2.2: such parts have no other encoding than 7bit
      throw new NotConvertibleException(NOT_SUPPORTED, "a part of it has no other encoding");
    }
    encode(part, octets);
  }

  private static String messageSubtype(BodyPart.Single part) {
    return part.fields().type().equals("message") ? part.fields().subtype() : "";
  }

  private void encode(BodyPart.Single part, OctetCount octets) {
    var extent = part.extent();
    boolean exact = binary && octets.isBinary();
    boolean readable =
        !exact
            && Set.of("text", "message").contains(part.fields().type())
            && octets.isMostlyAscii();
    changes.add(header(part, readable ? "quoted-printable" : "base64"));
    changes.add(
        readable
            ? new Change.QuotedPrintable(extent.body(), extent.end())
            : new Change.Base64(extent.body(), extent.end(), exact));
  }

  /** Ends the planning. */
  static final class NotConvertibleException extends Exception {
    private final EnhancedStatus status;
    private final String why;

    NotConvertibleException(EnhancedStatus status, String why) {
      super(why);
      this.status = status;
      this.why = why;
    }

    Conversion.Impossible conversion() {
      return new Conversion.Impossible(status, why);
    }
  }
}
