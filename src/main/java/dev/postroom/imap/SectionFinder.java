package dev.postroom.imap;

import dev.postroom.imap.DecodedPart.UnknownEncodingException;
import dev.postroom.imap.SectionOctets.Absent;
import dev.postroom.imap.SectionOctets.Cut;
import dev.postroom.imap.SectionOctets.Held;
import dev.postroom.imap.syntax.BodySection;
import dev.postroom.imap.syntax.BodySection.Kind;
import dev.postroom.message.BodyPart;
import dev.postroom.message.BodyPart.Embedded;
import dev.postroom.message.BodyPart.Extent;
import dev.postroom.message.Headers;
import dev.postroom.message.MessageSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the octets of a section (RFC 3501 §6.4.5) from what the index keeps of a message.
 *
 * @param header the message's own header section, where the index has it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record SectionFinder(
    @Nullable MessageSummary summary, byte @Nullable [] header, MessageOctets octets) {
  /** Selected fields come from so much of a header; a longer one is not for people. */
  private static final int MAX_HELD_HEADER = 1024 * 1024;

  private static final byte[] CRLF = {'\r', '\n'};

  SectionOctets find(BodySection section) throws IOException {
    if (section.path().isEmpty()) {
      return ofMessage(section);
    }
    var part = body().part(section.path());
    return part.isEmpty() ? new Absent() : ofPart(part.get(), section);
  }

  /**
   * Without its transfer encoding (RFC 3516 §4.2); the whole message has none.
   *
   * @throws UnknownEncodingException when it cannot be decoded
   */
  SectionOctets findDecoded(List<Integer> path) throws IOException, UnknownEncodingException {
    if (path.isEmpty()) {
      return new Cut(0, octets.size());
    }
    var part = body().part(path);
    return part.isEmpty() ? new Absent() : new DecodedPart(part.get(), octets).find();
  }

  private BodyPart body() {
    if (summary == null) {
      throw new IllegalStateException("a section needs the structure");
    }
    return summary.body();
  }

  private SectionOctets ofMessage(BodySection section) throws IOException {
    return switch (section.kind()) {
      case ALL -> new Cut(0, octets.size());
      case TEXT -> content(body().extent());
      case HEADER, MIME -> header == null ? header(body().extent()) : Held.of(header);
      case HEADER_FIELDS, HEADER_FIELDS_NOT ->
          header == null ? fields(body().extent(), section) : fields(header, section);
    };
  }

  private SectionOctets ofPart(BodyPart part, BodySection section) throws IOException {
    return switch (section.kind()) {
      case ALL -> content(part.extent());
      case MIME -> header(part.extent());
      case TEXT, HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT ->
          // RFC 3501 §6.4.5: only a message/rfc822 part has these
          part instanceof Embedded embedded
              ? ofInnerMessage(embedded.body().extent(), section)
              : new Absent();
    };
  }

  private SectionOctets ofInnerMessage(Extent inner, BodySection section) throws IOException {
    return switch (section.kind()) {
      case TEXT, ALL -> content(inner);
      case HEADER, MIME -> header(inner);
      case HEADER_FIELDS, HEADER_FIELDS_NOT -> fields(inner, section);
    };
  }

  private static SectionOctets content(Extent extent) {
    return new Cut(extent.body(), extent.bodySize());
  }

  private static SectionOctets header(Extent extent) {
    return new Cut(extent.header(), extent.headerSize());
  }

  private SectionOctets fields(Extent extent, BodySection section) throws IOException {
    return fields(octets.held(extent.header(), extent.headerSize(), MAX_HELD_HEADER), section);
  }

  /** Whole fields in their order, then the empty line that closes every header. */
  private static SectionOctets fields(byte[] header, BodySection section) {
    boolean wanted = section.kind() == Kind.HEADER_FIELDS;
    var names = Set.copyOf(section.fields());
    var selected = new ByteArrayOutputStream();
    for (var field : Headers.parse(header).fields()) {
      if (names.contains(field.name().toUpperCase(Locale.ROOT)) == wanted) {
        selected.writeBytes(field.octets());
        if (!new String(field.octets(), StandardCharsets.ISO_8859_1).endsWith("\n")) {
          selected.writeBytes(CRLF); // a header that the message's end cut short
        }
      }
    }
    selected.writeBytes(CRLF);
    return Held.of(selected.toByteArray());
  }
}
