package dev.postroom.message;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.postroom.message.MimeFields.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a summary as nested CBOR arrays (RFC 8949), values by position. {@link SummaryReader} is
 * its mirror; whoever changes the one changes the other, and {@link #VERSION}.
 */
final class SummaryWriter {
  static final int VERSION = 1;
  static final int SINGLE = 0;
  static final int MULTI = 1;
  static final int EMBEDDED = 2;
  static final CBORFactory CBOR = new CBORFactory();

  private final CBORGenerator out;

  private SummaryWriter(CBORGenerator out) {
    this.out = out;
  }

  static byte[] encode(MessageSummary summary) {
    var octets = new ByteArrayOutputStream(512);
    try (var generator = CBOR.createGenerator(octets)) {
      new SummaryWriter(generator).summary(summary);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return octets.toByteArray();
  }

  private void summary(MessageSummary summary) throws IOException {
    out.writeStartArray(null, 4);
    out.writeNumber(VERSION);
    out.writeNumber(summary.size());
    envelope(summary.envelope());
    part(summary.body());
    out.writeEndArray();
  }

  private void envelope(MessageEnvelope envelope) throws IOException {
    out.writeStartArray(null, 10);
    text(envelope.date());
    text(envelope.subject());
    addresses(envelope.from());
    addressesUnless(envelope.from(), envelope.sender());
    addressesUnless(envelope.from(), envelope.replyTo());
    addresses(envelope.to());
    addresses(envelope.cc());
    addresses(envelope.bcc());
    text(envelope.inReplyTo());
    text(envelope.messageId());
    out.writeEndArray();
  }

  /** Sender and Reply-To are mostly From: an empty list stands for that. */
  private void addressesUnless(List<EnvelopeAddress> from, List<EnvelopeAddress> addresses)
      throws IOException {
    addresses(from.equals(addresses) ? List.of() : addresses);
  }

  private void addresses(List<EnvelopeAddress> addresses) throws IOException {
    out.writeStartArray(null, addresses.size() * 4);
    for (var address : addresses) {
      text(address.name());
      text(address.route());
      text(address.mailbox());
      text(address.host());
    }
    out.writeEndArray();
  }

  private void part(BodyPart part) throws IOException {
    switch (part) {
      case BodyPart.Single(_, _, var lines) -> {
        out.writeStartArray(null, 4);
        common(SINGLE, part);
        out.writeNumber(lines);
      }
      case BodyPart.Multi(_, _, var parts) -> {
        out.writeStartArray(null, 3 + parts.size());
        common(MULTI, part);
        for (var child : parts) {
          part(child);
        }
      }
      case BodyPart.Embedded(_, _, var lines, var envelope, var body) -> {
        out.writeStartArray(null, 6);
        common(EMBEDDED, part);
        out.writeNumber(lines);
        envelope(envelope);
        part(body);
      }
    }
    out.writeEndArray();
  }

  private void common(int kind, BodyPart part) throws IOException {
    out.writeNumber(kind);
    fields(part.fields());
    var extent = part.extent();
    out.writeStartArray(null, 3);
    out.writeNumber(extent.header());
    out.writeNumber(extent.headerSize());
    out.writeNumber(extent.bodySize());
    out.writeEndArray();
  }

  private void fields(MimeFields fields) throws IOException {
    out.writeStartArray(null, 10);
    out.writeString(fields.type());
    out.writeString(fields.subtype());
    parameters(fields.parameters());
    text(fields.id());
    text(fields.description());
    out.writeString(fields.encoding());
    text(fields.md5());
    var disposition = fields.disposition();
    if (disposition == null) {
      out.writeNull();
    } else {
      out.writeStartArray(null, 2);
      out.writeString(disposition.type());
      parameters(disposition.parameters());
      out.writeEndArray();
    }
    out.writeStartArray(null, fields.languages().size());
    for (var language : fields.languages()) {
      out.writeString(language);
    }
    out.writeEndArray();
    text(fields.location());
    out.writeEndArray();
  }

  private void parameters(List<Parameter> parameters) throws IOException {
    out.writeStartArray(null, parameters.size() * 2);
    for (var parameter : parameters) {
      out.writeString(parameter.name());
      out.writeString(parameter.value());
    }
    out.writeEndArray();
  }

  private void text(@Nullable String text) throws IOException {
    if (text == null) {
      out.writeNull();
    } else {
      out.writeString(text);
    }
  }
}
