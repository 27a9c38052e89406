package dev.postroom.imap;

import dev.postroom.imap.syntax.ResponseWriter;
import dev.postroom.imap.syntax.TextForm;
import dev.postroom.message.BodyPart;
import dev.postroom.message.BodyPart.Embedded;
import dev.postroom.message.BodyPart.Multi;
import dev.postroom.message.BodyPart.Single;
import dev.postroom.message.EnvelopeAddress;
import dev.postroom.message.MessageEnvelope;
import dev.postroom.message.MimeFields;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ENVELOPE, BODY and BODYSTRUCTURE (RFC 3501 §7.4.2, §9 envelope, body). */
record StructureWriter(ResponseWriter out) {

  private boolean speaksUtf8() {
    return out.form() == TextForm.UTF_8;
  }

  private @Nullable String text(@Nullable String octetText) {
    return speaksUtf8() ? octetText : Downgrade.text(octetText);
  }

  void envelope(MessageEnvelope envelope) throws IOException {
    out.raw('(').stringOrNil(text(envelope.date()));
    out.raw(' ').stringOrNil(text(envelope.subject()));
    addresses(envelope.from());
    addresses(envelope.sender());
    addresses(envelope.replyTo());
    addresses(envelope.to());
    addresses(envelope.cc());
    addresses(envelope.bcc());
    out.raw(' ').stringOrNil(text(envelope.inReplyTo()));
    out.raw(' ').stringOrNil(text(envelope.messageId())).raw(')');
  }

  private void addresses(List<EnvelopeAddress> addresses) throws IOException {
    if (addresses.isEmpty()) {
      out.raw(" NIL");
      return;
    }
    out.raw(" (");
    for (var written : addresses) {
      var address = speaksUtf8() ? written : Downgrade.address(written);
      out.raw('(').stringOrNil(address.name());
      out.raw(' ').stringOrNil(address.route());
      out.raw(' ').stringOrNil(address.mailbox());
      out.raw(' ').stringOrNil(address.host()).raw(')');
    }
    out.raw(')');
  }

  /**
   * @param extended for BODYSTRUCTURE
   */
  void part(BodyPart part, boolean extended) throws IOException {
    out.raw('(');
    switch (part) {
      case Single(var fields, var extent, var lines) -> {
        basic(fields, extent.bodySize());
        if (fields.type().equals("text")) {
          out.raw(' ').number(lines);
        }
        extendSingle(fields, extended);
      }
      case Embedded(var fields, var extent, var lines, var envelope, var body) -> {
        basic(fields, extent.bodySize());
        out.raw(' ');
        envelope(envelope);
        out.raw(' ');
        part(body, extended);
        out.raw(' ').number(lines);
        extendSingle(fields, extended);
      }
      case Multi(var fields, _, var parts) -> {
        for (var child : parts) {
          part(child, extended);
        }
        out.raw(' ').string(fields.subtype());
        if (extended) {
          parameters(fields.parameters());
          dispositionLanguageLocation(fields);
        }
      }
    }
    out.raw(')');
  }

  private void basic(MimeFields fields, long size) throws IOException {
    out.string(fields.type()).raw(' ').string(fields.subtype());
    parameters(fields.parameters());
    out.raw(' ').stringOrNil(text(fields.id()));
    out.raw(' ').stringOrNil(text(fields.description()));
    out.raw(' ').string(fields.encoding());
    out.raw(' ').number(size);
  }

  private void extendSingle(MimeFields fields, boolean extended) throws IOException {
    if (extended) {
      out.raw(' ').stringOrNil(fields.md5());
      dispositionLanguageLocation(fields);
    }
  }

  private void dispositionLanguageLocation(MimeFields fields) throws IOException {
    var disposition = fields.disposition();
    if (disposition == null) {
      out.raw(" NIL");
    } else {
      out.raw(" (").string(disposition.type());
      parameters(disposition.parameters());
      out.raw(')');
    }
    languages(fields.languages());
    out.raw(' ').stringOrNil(text(fields.location()));
  }

  private void parameters(List<MimeFields.Parameter> parameters) throws IOException {
    if (parameters.isEmpty()) {
      out.raw(" NIL");
      return;
    }
    out.raw(" (");
    boolean first = true;
    for (var written : parameters) {
      var parameter = speaksUtf8() ? written : Downgrade.parameter(written);
      out.raw(first ? "" : " ").string(parameter.name());
      out.raw(' ').string(parameter.value());
      first = false;
    }
    out.raw(')');
  }

  private void languages(List<String> languages) throws IOException {
    if (languages.isEmpty()) {
      out.raw(" NIL");
      return;
    }
    out.raw(" (");
    boolean first = true;
    for (var language : languages) {
      out.raw(first ? "" : " ").string(language);
      first = false;
    }
    out.raw(')');
  }
}
