package dev.postroom.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The fields of a header section, in their order. Names are compared in any case of letters. */
public record Headers(List<HeaderField> fields) {
  private static final int CHUNK = 8192;

  public Headers {
    fields = List.copyOf(fields);
  }

  /** Reads the fields of a header section; what follows its closing empty line is left alone. */
  public static Headers parse(byte[] section) {
    return parse(section, section.length);
  }

  static Headers parse(byte[] section, int length) {
    var fields = new ArrayList<HeaderField>();
    int start = 0;
    while (start < length && !isEmptyLine(section, start, length)) {
      int end = lineEnd(section, start, length);
      while (end < length && isFold(section[end]) && !isEmptyLine(section, end, length)) {
        end = lineEnd(section, end, length);
      }
      fields.add(field(section, start, end));
      start = end;
    }
    return new Headers(fields);
  }

  /**
   * Reads a header section from the beginning of a message, at most {@code maxOctets} of it, and
   * not much of what follows.
   */
  public static Headers read(InputStream message, int maxOctets) throws IOException {
    var section = new ByteArrayOutputStream();
    var chunk = new byte[CHUNK];
    while (section.size() < maxOctets) {
      int n = message.read(chunk, 0, Math.min(chunk.length, maxOctets - section.size()));
      if (n < 0) {
        break;
      }
      section.write(chunk, 0, n);
      if (sectionEnd(section.toByteArray()) >= 0) {
        break;
      }
    }
    return parse(section.toByteArray());
  }

  /** Where the closing empty line of a header section ends, or -1 when there is none. */
  public static int sectionEnd(byte[] octets) {
    int start = 0;
    while (start < octets.length) {
      int end = lineEnd(octets, start, octets.length);
      if (isEmptyLine(octets, start, octets.length)) {
        return end;
      }
      start = end;
    }
    return -1;
  }

  private static HeaderField field(byte[] section, int start, int end) {
    var octets = Arrays.copyOfRange(section, start, end);
    int colon = 0;
    while (colon < octets.length && octets[colon] != ':' && octets[colon] != '\n') {
      colon++;
    }
    if (colon == octets.length || octets[colon] != ':') {
      return new HeaderField("", octets, 0);
    }
    // RFC 5322 §4.5: white space may stand before the colon in old mail.
    var name = new String(octets, 0, colon, StandardCharsets.ISO_8859_1).stripTrailing();
    return new HeaderField(name, octets, colon + 1);
  }

  private static int lineEnd(byte[] octets, int start, int length) {
    int i = start;
    while (i < length && octets[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, length);
  }

  private static boolean isFold(byte octet) {
    return octet == ' ' || octet == '\t';
  }

  private static boolean isEmptyLine(byte[] octets, int start, int length) {
    return start < length
        && (octets[start] == '\n'
            || (octets[start] == '\r' && start + 1 < length && octets[start + 1] == '\n'));
  }

  public boolean contains(String name) {
    return fields.stream().anyMatch(field -> field.isNamed(name));
  }

  public Optional<HeaderField> first(String name) {
    return fields.stream().filter(field -> field.isNamed(name)).findFirst();
  }

  public List<HeaderField> all(String name) {
    return fields.stream().filter(field -> field.isNamed(name)).toList();
  }

  /** The value of the first such field, unfolded; see {@link HeaderField#value}. */
  public Optional<String> value(String name) {
    return first(name).map(HeaderField::value);
  }
}
