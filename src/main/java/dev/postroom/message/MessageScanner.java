package dev.postroom.message;

import java.io.OutputStream;

/**
 * Reads a message as it passes by: write its octets, then take {@link #finish}. Any octets make a
 * well-formed result, and what is kept does not grow with the message.
 *
 * <p>Splits into lines (CRLF or bare LF) and leaves their meaning to {@link PartTree}.
 */
public final class MessageScanner extends OutputStream {
  /** A longer line is no delimiter: 70 characters of boundary (RFC 2046 §5.1.1), kindly tripled. */
  static final int MAX_DELIMITER = 256;

  private final PartTree tree = new PartTree();
  private final byte[] lineStart = new byte[MAX_DELIMITER];
  private long position;
  private long lineLength;
  private int lastOctet;
  private int lineEnds;
  private boolean lineMatters;

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      int stop = at;
      while (stop < end && octets[stop] != '\n') {
        stop++;
      }
      boolean whole = stop < end;
      stop += whole ? 1 : 0;
      take(octets, at, stop - at);
      if (whole) {
        int beforeLf = stop - 2 >= at ? octets[stop - 2] : lastOctet;
        endLine(lineLength > 1 && beforeLf == '\r' ? 2 : 1);
      } else {
        lastOctet = octets[stop - 1];
      }
      at = stop;
    }
  }

  private void take(byte[] octets, int at, int count) {
    if (tree.isInHeader()) {
      tree.headerOctets(octets, at, count);
    }
    if (lineLength == 0) {
      lineMatters = octets[at] == '-';
    }
    if (lineMatters && lineLength < MAX_DELIMITER) {
      int kept = (int) lineLength;
      System.arraycopy(octets, at, lineStart, kept, Math.min(count, MAX_DELIMITER - kept));
    }
    lineLength += count;
    position += count;
  }

  private void endLine(int endLength) {
    lineEnds += 2 - endLength;
    long content = lineLength - endLength;
    if (content == 0 && tree.isInHeader()) {
      tree.headerEnds(position);
    } else {
      checkDelimiter(content);
    }
    tree.lineEnds(content, endLength);
    lineLength = 0;
    lastOctet = 0;
  }

  private void checkDelimiter(long content) {
    if (lineMatters && content <= MAX_DELIMITER && content > 2 && lineStart[1] == '-') {
      tree.delimiterLine(lineStart, (int) content, position - lineLength, position);
    }
  }

  /** Call it once, after the last octet. */
  public ScannedMessage finish() {
    if (lineLength > 0) {
      checkDelimiter(lineLength);
      tree.lineEnds(lineLength, 0);
      lineEnds += 2;
    }
    return tree.finish(position, lineEnds);
  }
}
