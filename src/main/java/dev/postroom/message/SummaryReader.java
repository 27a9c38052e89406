package dev.postroom.message;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.postroom.message.BodyPart.Extent;
import dev.postroom.message.MimeFields.Disposition;
import dev.postroom.message.MimeFields.Parameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SummaryWriter} wrote. */
final class SummaryReader {
  private final CBORParser in;

  private SummaryReader(CBORParser in) {
    this.in = in;
  }

  static MessageSummary decode(byte[] encoded) {
    try (var parser = SummaryWriter.CBOR.createParser(encoded)) {
      return new SummaryReader(parser).summary();
    } catch (IOException broken) {
      throw new IllegalArgumentException("not an encoded summary", broken);
    }
  }

  private MessageSummary summary() throws IOException {
    begin();
    long version = number();
    if (version != SummaryWriter.VERSION) {
      throw new IllegalArgumentException("a summary of version " + version);
    }
    var summary = new MessageSummary(number(), envelope(), part());
    end();
    return summary;
  }

  private MessageEnvelope envelope() throws IOException {
    begin();
    var envelope =
        new MessageEnvelope(
            text(),
            text(),
            addresses(),
            addresses(),
            addresses(),
            addresses(),
            addresses(),
            addresses(),
            text(),
            text());
    end();
    return envelope;
  }

  private List<EnvelopeAddress> addresses() throws IOException {
    begin();
    var addresses = new ArrayList<EnvelopeAddress>(2);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      addresses.add(new EnvelopeAddress(currentText(), text(), text(), text()));
    }
    return addresses;
  }

  private BodyPart part() throws IOException {
    begin();
    return partBegun();
  }

  private BodyPart partBegun() throws IOException {
    int kind = (int) number();
    var fields = fields();
    var extent = extent();
    return switch (kind) {
      case SummaryWriter.SINGLE -> {
        var single = new BodyPart.Single(fields, extent, number());
        end();
        yield single;
      }
      case SummaryWriter.MULTI -> new BodyPart.Multi(fields, extent, parts());
      case SummaryWriter.EMBEDDED -> {
        var embedded = new BodyPart.Embedded(fields, extent, number(), envelope(), part());
        end();
        yield embedded;
      }
      default -> throw new IllegalArgumentException("a body part of kind " + kind);
    };
  }

  private List<BodyPart> parts() throws IOException {
    var parts = new ArrayList<BodyPart>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      expect(JsonToken.START_ARRAY);
      parts.add(partBegun());
    }
    return parts;
  }

  private Extent extent() throws IOException {
    begin();
    long header = number();
    long body = header + number();
    var extent = new Extent(header, body, body + number());
    end();
    return extent;
  }

  private MimeFields fields() throws IOException {
    begin();
    var fields =
        new MimeFields(
            string(),
            string(),
            parameters(),
            text(),
            text(),
            string(),
            text(),
            disposition(),
            strings(),
            text());
    end();
    return fields;
  }

  private @Nullable Disposition disposition() throws IOException {
    if (in.nextToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    expect(JsonToken.START_ARRAY);
    var disposition = new Disposition(string(), parameters());
    end();
    return disposition;
  }

  private List<Parameter> parameters() throws IOException {
    begin();
    var parameters = new ArrayList<Parameter>(2);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      parameters.add(new Parameter(currentString(), string()));
    }
    return parameters;
  }

  private List<String> strings() throws IOException {
    begin();
    var strings = new ArrayList<String>(0);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      strings.add(currentString());
    }
    return strings;
  }

  private void begin() throws IOException {
    in.nextToken();
    expect(JsonToken.START_ARRAY);
  }

  private void end() throws IOException {
    in.nextToken();
    expect(JsonToken.END_ARRAY);
  }

  private void expect(JsonToken token) {
    if (in.currentToken() != token) {
      throw new IllegalArgumentException(token + " expected, not " + in.currentToken());
    }
  }

  private long number() throws IOException {
    in.nextToken();
    expect(JsonToken.VALUE_NUMBER_INT);
    return in.getLongValue();
  }

  private String string() throws IOException {
    in.nextToken();
    return currentString();
  }

  private String currentString() throws IOException {
    expect(JsonToken.VALUE_STRING);
    return in.getText();
  }

  private @Nullable String text() throws IOException {
    in.nextToken();
    return currentText();
  }

  private @Nullable String currentText() throws IOException {
    return in.currentToken() == JsonToken.VALUE_NULL ? null : currentString();
  }
}
