package dev.postroom.imap;

import dev.postroom.imap.SectionOctets.Cut;
import dev.postroom.imap.SectionOctets.Decoded;
import dev.postroom.imap.SectionOctets.Held;
import dev.postroom.message.BodyPart;
import dev.postroom.message.BodyPart.Single;
import dev.postroom.message.MimeFields;
import dev.postroom.message.PartText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A part without its transfer encoding (RFC 3516). Its size is known only when it has been decoded
 * once: a short part is then held, a longer one decoded again as it goes out.
 */
record DecodedPart(BodyPart part, MessageOctets octets) {
  /** So much of a decoded part is held. */
  static final int MAX_HELD = 64 * 1024;

  /** RFC 3516 §4.3: the octets cannot be had without their encoding. */
  static final class UnknownEncodingException extends Exception {
    UnknownEncodingException(String encoding) {
      super("no transfer encoding " + encoding);
    }
  }

  SectionOctets find() throws IOException, UnknownEncodingException {
    var extent = part.extent();
    var raw = new Cut(extent.body(), extent.bodySize());
    return switch (encoding()) {
      case "7bit", "8bit", "binary" -> raw;
      case "base64", "quoted-printable" -> decoded(part.fields(), raw);
      case String other -> throw new UnknownEncodingException(other);
    };
  }

  /** RFC 2045 §6.4: what holds other parts has no encoding of its own. */
  private String encoding() {
    return part instanceof Single ? part.fields().encoding() : "binary";
  }

  private SectionOctets decoded(MimeFields fields, Cut raw) throws IOException {
    try (var in = stream(fields, raw, octets)) {
      var start = in.readNBytes(MAX_HELD);
      long more = in.transferTo(OutputStream.nullOutputStream());
      return more == 0 ? Held.of(start) : new Decoded(fields, raw, 0, start.length + more);
    }
  }

  static InputStream stream(MimeFields fields, Cut raw, MessageOctets octets) throws IOException {
    return PartText.decoded(fields, octets.read(raw.offset(), raw.length()));
  }
}
