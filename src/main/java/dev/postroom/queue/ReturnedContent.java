package dev.postroom.queue;

import dev.postroom.blob.BlobId;
import dev.postroom.blob.Blobs;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A whole message inside a report, when it fits there: it is not longer than allowed, and its lines
 * are such as pass everywhere (RFC 6152). Otherwise there is only its header section.
 *
 * @param content null for none
 */
record ReturnedContent(@Nullable BlobId content, Blobs blobs, boolean eightBit, boolean utf8) {
  private static final Logger LOG = Logger.getLogger(ReturnedContent.class);
  private static final int MAX_LINE = 998; // RFC 5322 §2.1.1

  @SuppressWarnings("NullAway") // nothing is read where there is nothing
  static final ReturnedContent NONE = new ReturnedContent(null, null, false, false);

  static ReturnedContent of(BlobId content, Blobs blobs, long limit) {
    try (var blob = blobs.open(content);
        var octets = new BufferedInputStream(blob.read())) {
      var form = new Form();
      long read = 0;
      for (int octet = octets.read(); octet >= 0; octet = octets.read()) {
        if (++read > limit || !form.takes(octet)) {
          return NONE;
        }
      }
      return form.endsWell()
          ? new ReturnedContent(content, blobs, form.eightBit, form.eightBitHeader)
          : NONE;
    } catch (IOException gone) {
      LOG.errorf(gone, "cannot return %s", content);
      return NONE;
    }
  }

  boolean isThere() {
    return content != null;
  }

  /** RFC 6533 §4: a header section in UTF-8 makes it a message/global. */
  String contentType() {
    return utf8 ? "message/global" : "message/rfc822";
  }

  String transferEncoding() {
    return eightBit ? "8bit" : "7bit";
  }

  void writeTo(OutputStream out) throws IOException {
    if (content != null) {
      try (var blob = blobs.open(content);
          var octets = blob.read()) {
        octets.transferTo(out);
      }
    }
  }

  /** Whether octets are lines: CRLF at the end of each, no NUL, none too long. */
  private static final class Form {
    boolean eightBit;
    boolean eightBitHeader;
    private boolean inHeader = true;
    private boolean afterCr;
    private int column;

    boolean takes(int octet) {
      if (afterCr != (octet == '\n') || octet == 0) {
        return false;
      }
      afterCr = octet == '\r';
      if (octet == '\n') {
        inHeader &= column > 0;
        column = 0;
      } else if (octet != '\r') {
        column++;
      }
      eightBit |= octet > 0x7f;
      eightBitHeader |= inHeader && octet > 0x7f;
      return column <= MAX_LINE;
    }

    boolean endsWell() {
      return !afterCr && column == 0;
    }
  }
}
