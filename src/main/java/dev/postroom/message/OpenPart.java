package dev.postroom.message;

import dev.postroom.message.BodyPart.Embedded;
import dev.postroom.message.BodyPart.Extent;
import dev.postroom.message.BodyPart.Multi;
import dev.postroom.message.BodyPart.Single;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part whose end has not come yet. */
final class OpenPart {
  final boolean inDigest;
  private final long header;
  private long body;
  private long firstLine;
  private MimeFields fields = MimeFields.PLAIN_TEXT;
  private byte @Nullable [] boundary;
  private @Nullable MessageEnvelope innerEnvelope;
  private final List<BodyPart> parts = new ArrayList<>();

  OpenPart(long header, boolean inDigest) {
    this.header = header;
    this.inDigest = inDigest;
  }

  void headerEnds(MimeFields itsFields, long at, long lines) {
    fields = itsFields;
    body = at;
    firstLine = lines;
  }

  void readsParts(String itsBoundary) {
    boundary = itsBoundary.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** After the closing delimiter, and when there are too many parts: the rest is epilogue. */
  void readsNoMoreParts() {
    boundary = null;
  }

  void innerEnvelope(MessageEnvelope envelope) {
    innerEnvelope = envelope;
  }

  void add(BodyPart part) {
    parts.add(part);
  }

  boolean isDigest() {
    return fields.isMultipart() && fields.subtype().equals("digest");
  }

  /** What a delimiter line is to a part. */
  enum Delimiter {
    NONE,
    OPENING,
    CLOSING
  }

  /**
   * @param length without the line's end; it begins with two hyphens
   */
  Delimiter match(byte[] line, int length) {
    var wanted = boundary;
    if (wanted == null) {
      return Delimiter.NONE;
    }
    int end = length;
    // RFC 2046 §5.1.1: transport may have padded the line
    while (end > 2 && (line[end - 1] == ' ' || line[end - 1] == '\t')) {
      end--;
    }
    int rest = end - 2 - wanted.length;
    if (rest < 0 || !Arrays.equals(line, 2, 2 + wanted.length, wanted, 0, wanted.length)) {
      return Delimiter.NONE;
    }
    if (rest == 0) {
      return Delimiter.OPENING;
    }
    return rest == 2 && line[end - 1] == '-' && line[end - 2] == '-'
        ? Delimiter.CLOSING
        : Delimiter.NONE;
  }

  /**
   * @param lines lines of the message so far
   * @param cut lines among them that end in a line end which is not content
   */
  BodyPart close(long end, long lines, int cut) {
    // The empty line of a header that a delimiter follows is both: what is inside keeps it.
    long inside = parts.isEmpty() ? body : parts.getLast().extent().end();
    var extent = new Extent(header, body, Math.max(inside, end));
    long ownLines = extent.bodySize() == 0 ? 0 : lines - firstLine - (inside > end ? 0 : cut);
    var inner = innerEnvelope;
    if (inner != null) {
      return new Embedded(fields, extent, ownLines, inner, parts.getFirst());
    }
    if (!parts.isEmpty()) {
      return new Multi(fields, extent, parts);
    }
    // A multipart without a single part is shown as the text that it is.
    return new Single(fields.isMultipart() ? fields.as("text", "plain") : fields, extent, ownLines);
  }
}
