package dev.postroom.imap.syntax;

import java.util.List;

/**
 * Which octets of a message are meant (RFC 3501 §6.4.5).
 *
 * @param path part numbers; empty for the message itself
 * @param fields upper-case names for HEADER.FIELDS and its contrary, else empty
 */
public record BodySection(List<Integer> path, Kind kind, List<String> fields) {
  /** Which octets of that part. */
  public enum Kind {
    /** Everything: the whole message, or a part's content. */
    ALL(""),
    HEADER("HEADER"),
    HEADER_FIELDS("HEADER.FIELDS"),
    HEADER_FIELDS_NOT("HEADER.FIELDS.NOT"),
    /** A part's MIME header. */
    MIME("MIME"),
    TEXT("TEXT");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  public BodySection {
    path = List.copyOf(path);
    fields = List.copyOf(fields);
  }

  static BodySection of(Kind kind) {
    return new BodySection(List.of(), kind, List.of());
  }

  public boolean isWholeMessage() {
    return path.isEmpty() && kind == Kind.ALL;
  }

  /** The message's own header or fields of it. */
  public boolean isHeaderOfMessage() {
    return path.isEmpty() && kind != Kind.ALL && kind != Kind.TEXT;
  }

  /** As it stands between the brackets. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (int number : path) {
      text.append(text.isEmpty() ? "" : ".").append(number);
    }
    if (kind != Kind.ALL) {
      text.append(text.isEmpty() ? "" : ".").append(kind.word);
    }
    if (!fields.isEmpty()) {
      text.append(" (").append(String.join(" ", fields)).append(')');
    }
    return text.toString();
  }
}
