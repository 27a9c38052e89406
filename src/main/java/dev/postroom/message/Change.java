package dev.postroom.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.codec.Base64OutputStream;
import org.apache.james.mime4j.codec.QuotedPrintableOutputStream;

/** Octets {@code from} (and not with it) {@code to} of a message that are written otherwise. */
sealed interface Change {
  long from();

  long to();

  /**
   * @param octets those of the message, and no more
   */
  void rewrite(InputStream octets, OutputStream out) throws IOException;

  /**
   * A header section whose Content-Transfer-Encoding changes.
   *
   * @param textUntold whether it is text when no field says what it is
   */
  record Header(long from, long to, String encoding, boolean textUntold) implements Change {
    @Override
    public void rewrite(InputStream octets, OutputStream out) throws IOException {
      // a header section that is converted is no longer than PartTree.MAX_HEADER
      var section = octets.readAllBytes();
      var headers = Headers.parse(section);
      int octetsOfFields = 0;
      var added = new ByteArrayOutputStream();
      for (var field : headers.fields()) {
        octetsOfFields += field.octets().length;
        if (!field.isNamed("Content-Transfer-Encoding")) {
          added.write(field.octets());
        }
      }
      out.write(added.toByteArray());
      out.write(missing(headers).getBytes(StandardCharsets.US_ASCII));
      out.write(section, octetsOfFields, section.length - octetsOfFields);
    }

    private String missing(Headers headers) {
      var fields = new StringBuilder();
      if (from == 0 && !headers.contains("MIME-Version")) {
        fields.append("MIME-Version: 1.0\r\n"); // RFC 2045 §4
      }
      if (textUntold && !headers.contains("Content-Type") && !encoding.equals("7bit")) {
        // RFC 1428 §3: nobody said what the octets mean
        fields.append("Content-Type: text/plain; charset=unknown-8bit\r\n");
      }
      return fields
          .append("Content-Transfer-Encoding: ")
          .append(encoding)
          .append("\r\n")
          .toString();
    }
  }

  /** Text, line by line (RFC 2045 §6.7). */
  record QuotedPrintable(long from, long to) implements Change {
    @Override
    public void rewrite(InputStream octets, OutputStream out) throws IOException {
      var text = new HeldSpace();
      try (var encoder = new QuotedPrintableOutputStream(new Kept(out), false)) {
        text.to(encoder);
        new LineEnds(text).copy(octets);
      }
      if (text.held >= 0) {
        // RFC 2045 §6.7 (3): no white space at the end of a line, not of the last one either
        out.write("=\r\n=%02X".formatted(text.held).getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  /** Keeps a space or tab until it is known what follows. */
  final class HeldSpace extends OutputStream {
    private OutputStream out = OutputStream.nullOutputStream();
    private int held = -1;

    void to(OutputStream next) {
      out = next;
    }

    @Override
    public void write(int octet) throws IOException {
      if (held >= 0) {
        out.write(held);
      }
      held = octet == ' ' || octet == '\t' ? octet : -1;
      if (held < 0) {
        out.write(octet);
      }
    }
  }

  /**
   * Anything (RFC 2045 §6.8).
   *
   * @param exact whether bare line ends stay what they are
   */
  record Base64(long from, long to, boolean exact) implements Change {
    @Override
    public void rewrite(InputStream octets, OutputStream out) throws IOException {
      try (var encoder = new Base64OutputStream(new Kept(out))) {
        if (exact) {
          octets.transferTo(encoder);
        } else {
          new LineEnds(encoder).copy(octets);
        }
      }
    }
  }

  /** Makes every line end a CRLF, as sending the message without conversion would. */
  record LineEnds(OutputStream out) {
    private static final int BUFFER = 8192;

    void copy(InputStream in) throws IOException {
      var buffer = new byte[BUFFER];
      boolean afterCr = false;
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          byte octet = buffer[i];
          if (octet == '\r' ? afterCr : octet != '\n' && afterCr) {
            out.write('\r');
            out.write('\n');
          }
          if (octet == '\n') {
            out.write('\r');
            out.write('\n');
          } else if (octet != '\r') {
            out.write(octet);
          }
          afterCr = octet == '\r';
        }
      }
      if (afterCr) {
        out.write('\r');
        out.write('\n');
      }
    }
  }

  /** Stays open when an encoder over it is closed. */
  final class Kept extends OutputStream {
    private final OutputStream out;

    Kept(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      out.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      out.write(octets, offset, length);
    }
  }
}
