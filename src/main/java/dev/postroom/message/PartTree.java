package dev.postroom.message;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the MIME structure from headers and delimiter lines, innermost part last. */
final class PartTree {
  /** Octets of the message's own header that are kept. */
  static final int MAX_HEADER = 64 * 1024;

  /** Octets of the headers of all parts that are read; later parts are plain text. */
  static final int MAX_PART_HEADERS = 256 * 1024;

  /** Parts deeper than this are shown as one opaque part. */
  static final int MAX_DEPTH = 32;

  /** Parts in all; what follows in the same multipart is shown no more. */
  static final int MAX_PARTS = 1000;

  private final Deque<OpenPart> open = new ArrayDeque<>();
  private final HeaderBuffer buffer = new HeaderBuffer();
  private boolean inHeader = true;
  private int partsLeft = MAX_PARTS;
  private int headerOctetsLeft = MAX_PART_HEADERS;
  private final MessageEnvelope.Room addresses = new MessageEnvelope.Room();

  /** The message/rfc822 part whose inner header is being read. */
  private @Nullable OpenPart messageAround;

  private long lines;
  private long lastContent;
  private int lastEnd;

  private byte[] header = {};
  private boolean headerIsWhole = true;
  private MessageEnvelope envelope = MessageEnvelope.of(new Headers(List.of()));

  PartTree() {
    open.push(new OpenPart(0, false));
    buffer.startOver(MAX_HEADER);
  }

  boolean isInHeader() {
    return inHeader;
  }

  void headerOctets(byte[] octets, int offset, int count) {
    buffer.append(octets, offset, count);
  }

  void lineEnds(long content, int endLength) {
    lines++;
    lastContent = content;
    lastEnd = endLength;
  }

  /**
   * @param at where the body begins; the line that ends there is not counted yet
   */
  void headerEnds(long at) {
    inHeader = false;
    boolean outermost = open.size() == 1;
    if (outermost) {
      header = buffer.copy();
      headerIsWhole = buffer.isWhole();
    } else {
      headerOctetsLeft -= buffer.kept();
    }
    var headers = buffer.parse();
    var around = messageAround;
    messageAround = null;
    if (outermost) {
      envelope = MessageEnvelope.of(headers, addresses);
    } else if (around != null) {
      around.innerEnvelope(MessageEnvelope.of(headers, addresses));
    }
    begin(open.getFirst(), MimeFields.of(headers, open.getFirst().inDigest), at);
  }

  private void begin(OpenPart part, MimeFields fields, long at) {
    boolean nests = fields.isMultipart() || fields.isMessage();
    boolean tooDeep = open.size() >= MAX_DEPTH;
    part.headerEnds(
        nests && tooDeep ? fields.as("application", "octet-stream") : fields, at, lines + 1);
    if (tooDeep) {
      return;
    }
    if (fields.isMultipart()) {
      fields
          .parameter("boundary")
          .map(String::stripTrailing)
          .filter(boundary -> !boundary.isEmpty())
          .ifPresent(part::readsParts);
    } else if (fields.isMessage()) {
      messageAround = part;
      push(at, false);
    }
  }

  private void push(long at, boolean inDigest) {
    open.push(new OpenPart(at, inDigest));
    buffer.startOver(Math.min(MAX_HEADER, headerOctetsLeft));
    inHeader = true;
  }

  /**
   * A line that begins with two hyphens: does it end parts, begin one?
   *
   * @param length without its line end
   * @param start where it begins in the message, {@code end} where the next line does
   */
  void delimiterLine(byte[] line, int length, long start, long end) {
    int above = 0;
    for (var part : open) {
      var match = part.match(line, length);
      if (match != OpenPart.Delimiter.NONE) {
        delimit(part, above, match, start, end);
        return;
      }
      above++;
    }
  }

  private void delimit(OpenPart part, int above, OpenPart.Delimiter match, long start, long end) {
    if (inHeader) {
      buffer.dropLast(end - start);
      endHeaderEarly(start);
      above = depthAbove(part);
    }
    for (int i = 0; i < above; i++) {
      closeInnermost(start - lastEnd, lastContent == 0 ? 1 : 0);
    }
    if (match == OpenPart.Delimiter.CLOSING || partsLeft == 0) {
      part.readsNoMoreParts();
    } else {
      partsLeft--;
      push(end, part.isDigest());
    }
  }

  /** A delimiter, or the end, came before the empty line that closes a header. */
  private void endHeaderEarly(long at) {
    // More than once for a message/rfc822: the message in it is empty, and so is its header.
    while (inHeader) {
      headerEnds(at);
    }
  }

  private int depthAbove(OpenPart part) {
    int above = 0;
    for (var candidate : open) {
      if (candidate == part) {
        break;
      }
      above++;
    }
    return above;
  }

  private void closeInnermost(long end, int cutLines) {
    var closed = open.pop().close(end, lines, cutLines);
    open.getFirst().add(closed);
  }

  ScannedMessage finish(long size, int lineEnds) {
    if (inHeader) {
      endHeaderEarly(size);
    }
    while (open.size() > 1) {
      closeInnermost(size, 0);
    }
    var body = open.pop().close(size, lines, 0);
    var summary = new MessageSummary(size, envelope, body);
    return new ScannedMessage(summary, header, headerIsWhole, lineEnds);
  }
}
