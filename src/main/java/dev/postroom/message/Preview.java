package dev.postroom.message;

import dev.postroom.message.BodyPart.Embedded;
import dev.postroom.message.BodyPart.Multi;
import dev.postroom.message.BodyPart.Single;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;

/** The beginning of what a message says, for lists of mail (RFC 8970 §3). */
public final class Preview {
  /** RFC 8970 §3.2: at most 256 characters, better 200. */
  public static final int MAX_LENGTH = 200;

  /** So much of a text is looked at; the beginning of HTML is often long and says nothing. */
  private static final int MAX_READ = 32 * 1024;

  /** So many texts are tried until one says something. */
  private static final int MAX_TEXTS = 3;

  private Preview() {}

  /** Empty when the message has no text. */
  public static String of(BodyPart body, SearchedTexts.Source octets) throws IOException {
    var texts = new ArrayList<Single>(MAX_TEXTS);
    findTexts(body, texts);
    for (var part : texts) {
      var preview = ofText(part, octets);
      if (!preview.isEmpty()) {
        return preview;
      }
    }
    return "";
  }

  private static void findTexts(BodyPart part, List<Single> found) {
    if (found.size() == MAX_TEXTS) {
      return;
    }
    switch (part) {
      case Single single -> {
        if (isShown(single)) {
          found.add(single);
        }
      }
      case Multi(_, _, var parts) -> parts.forEach(child -> findTexts(child, found));
      case Embedded(_, _, _, _, var inner) -> findTexts(inner, found);
    }
  }

  private static boolean isShown(Single part) {
    var fields = part.fields();
    var disposition = fields.disposition();
    return fields.type().equals("text")
        && (fields.subtype().equals("plain") || fields.subtype().equals("html"))
        && (disposition == null || !disposition.type().equals("attachment"));
  }

  private static String ofText(Single part, SearchedTexts.Source octets) throws IOException {
    var extent = part.extent();
    try (var in = octets.read(extent.body(), extent.bodySize())) {
      var text = start(PartText.reader(part.fields(), in));
      return cut(part.fields().subtype().equals("html") ? ofHtml(text) : ofPlain(text));
    }
  }

  private static String start(Reader text) throws IOException {
    var start = new char[MAX_READ];
    int length = 0;
    int read;
    while (length < MAX_READ && (read = text.read(start, length, MAX_READ - length)) > 0) {
      length += read;
    }
    return new String(start, 0, length);
  }

  private static String ofHtml(String html) {
    var document = Jsoup.parse(html);
    document.select("head, script, style").remove();
    return document.text();
  }

  /** Without what is quoted, and without the signature. */
  private static String ofPlain(String text) {
    var said = new StringBuilder();
    for (var line : (Iterable<String>) text.lines()::iterator) {
      if (line.equals("-- ")) {
        break;
      }
      if (!line.startsWith(">")) {
        said.append(line).append(' ');
      }
      if (said.length() > 16 * MAX_LENGTH) {
        break;
      }
    }
    return said.toString();
  }

  /** On one line, nothing in it that cannot be seen, and no half of a character. */
  private static String cut(String text) {
    var preview = new StringBuilder(MAX_LENGTH);
    int length = 0;
    boolean space = false;
    for (int i = 0; i < text.length() && length < MAX_LENGTH; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        space = !preview.isEmpty();
      } else if (isVisible(c)) {
        if (space && length + 1 < MAX_LENGTH) {
          preview.append(' ');
          length++;
        }
        space = false;
        preview.appendCodePoint(c);
        length++;
      }
    }
    return preview.toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED ->
          c == ZWJ;
      default -> true;
    };
  }

  /** Joins emoji. */
  private static final int ZWJ = 0x200d;
}
