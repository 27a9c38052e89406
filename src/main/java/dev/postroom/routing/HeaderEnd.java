package dev.postroom.routing;

/**
 * Finds where a header section ends while its octets come by: at the first empty line, or before
 * the first line that can be no field, as messages that people type may begin with their body.
 */
final class HeaderEnd {
  private int position;
  private int lineStart;
  private boolean colon;
  private boolean fold;
  private boolean gap;
  private boolean noField;
  private boolean empty = true;
  private int headerLength = -1;
  private int bodyStart = -1;

  /** Takes the next octets; true when the end has been seen. */
  boolean seen(byte[] octets, int offset, int length) {
    for (int i = offset; i < offset + length && headerLength < 0; i++) {
      take(octets[i]);
    }
    return headerLength >= 0;
  }

  private void take(byte octet) {
    if (octet == '\n') {
      endLine();
    } else if (octet != '\r') {
      character(octet);
    }
    position++;
  }

  private void endLine() {
    if (empty) {
      headerLength = lineStart;
      bodyStart = position + 1;
    } else if (!fold && (noField || !colon)) {
      headerLength = lineStart;
      bodyStart = lineStart;
    }
    lineStart = position + 1;
    colon = false;
    fold = false;
    gap = false;
    noField = false;
    empty = true;
  }

  /** RFC 5322 §2.2: a field name is printable ASCII; §4.5: in old mail a space may follow it. */
  private void character(byte octet) {
    if (empty) {
      fold = (octet == ' ' || octet == '\t') && lineStart > 0;
      empty = false;
    }
    if (octet == ':') {
      colon = true;
    } else if (octet == ' ' || octet == '\t') {
      gap = true;
    } else if (!colon && (gap || octet < ' ' || octet == 0x7f)) {
      noField = true;
    }
  }

  /** Octets of the header section, its closing empty line not included. */
  int headerLength(int whole) {
    return headerLength < 0 ? whole : headerLength;
  }

  /** Where the body begins, behind the empty line if there is one. */
  int bodyStart(int whole) {
    return bodyStart < 0 ? whole : bodyStart;
  }
}
