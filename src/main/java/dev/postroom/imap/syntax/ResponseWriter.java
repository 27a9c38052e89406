package dev.postroom.imap.syntax;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Writes responses (RFC 3501 §9 response) octet by octet into a buffer that is handed on when it is
 * full. Strings are octets as characters of the same number.
 */
public final class ResponseWriter {
  /** Takes octets away. */
  @FunctionalInterface
  public interface Sink {
    void accept(byte[] octets, int offset, int length) throws IOException;
  }

  private static final int FULL = 16 * 1024;
  private static final int SMALL = 256;

  /** A longer string goes out as a literal. */
  private static final int MAX_QUOTED = 1024;

  private static final byte[] NOTHING = {};

  private final Sink sink;
  private TextForm form = TextForm.ASCII;
  private byte[] buffer = NOTHING;
  private int length;
  private int lastDrained = '\n';

  public ResponseWriter(Sink sink) {
    this.sink = sink;
  }

  public TextForm form() {
    return form;
  }

  /** Whether text beyond ASCII stands as it is from here on (RFC 6855 §3, RFC 9051 §5.1). */
  public void speakUtf8(boolean on) {
    form = on ? TextForm.UTF_8 : TextForm.ASCII;
  }

  private void put(int octet) throws IOException {
    ensureRoom(1);
    buffer[length++] = (byte) octet;
  }

  private void ensureRoom(int octets) throws IOException {
    if (length + octets <= buffer.length) {
      return;
    }
    if (length >= FULL) {
      drain();
    }
    if (length + octets > buffer.length) {
      int doubled = Math.max(SMALL, buffer.length * 2);
      buffer = Arrays.copyOf(buffer, Math.max(length + octets, doubled));
    }
  }

  private void drain() throws IOException {
    if (length > 0) {
      int whole = length;
      length = 0;
      lastDrained = buffer[whole - 1];
      sink.accept(buffer, 0, whole);
    }
  }

  /** Whether everything written so far is whole lines. */
  public boolean isBetweenLines() {
    return (length == 0 ? lastDrained : buffer[length - 1]) == '\n';
  }

  /** Hands everything on, and lets the buffer go: an idle session keeps none. */
  public void flush() throws IOException {
    drain();
    buffer = NOTHING;
  }

  /** ASCII text as it is: atoms, parentheses, numbers. */
  public ResponseWriter raw(String ascii) throws IOException {
    int count = ascii.length();
    ensureRoom(count);
    for (int i = 0; i < count; i++) {
      buffer[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Text for people (RFC 3501 §9 text): whatever cannot stand there becomes a question mark. */
  public ResponseWriter text(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      put(c >= ' ' && c <= '~' ? c : '?');
    }
    return this;
  }

  public ResponseWriter raw(char ascii) throws IOException {
    put(ascii);
    return this;
  }

  public ResponseWriter number(long number) throws IOException {
    if (number < 0 || number > 9) {
      return raw(Long.toString(number));
    }
    put('0' + (int) number);
    return this;
  }

  /** A quoted string where that can be, else a literal. */
  public ResponseWriter string(String octetText) throws IOException {
    if (!fitsQuotes(octetText)) {
      return literal(octetText.getBytes(StandardCharsets.ISO_8859_1));
    }
    put('"');
    for (int i = 0; i < octetText.length(); i++) {
      char c = octetText.charAt(i);
      if (c == '"' || c == '\\') {
        put('\\');
      }
      put(c);
    }
    put('"');
    return this;
  }

  /** As it is where it is an atom, else a string (RFC 3501 §9 astring). */
  public ResponseWriter astring(String octetText) throws IOException {
    boolean atom = !octetText.isEmpty() && octetText.chars().allMatch(Tokens::isAtomChar);
    return atom ? raw(octetText) : string(octetText);
  }

  /** RFC 3501 §9 QUOTED-CHAR: no CR, LF or NUL; other controls are legal but unkind. */
  private boolean fitsQuotes(String text) {
    if (text.length() > MAX_QUOTED) {
      return false;
    }
    boolean ascii = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
      ascii &= c < 0x7f;
    }
    return ascii || form.quotes(text);
  }

  public ResponseWriter stringOrNil(@Nullable String octetText) throws IOException {
    return octetText == null ? raw("NIL") : string(octetText);
  }

  /** Text in Unicode as UTF-8. */
  public ResponseWriter textOrNil(@Nullable String text) throws IOException {
    return stringOrNil(text == null ? null : Tokens.octetText(text));
  }

  /** The name of a folder, given in Unicode. */
  public ResponseWriter folder(String name) throws IOException {
    return string(form.encodeName(name));
  }

  public ResponseWriter literal(byte[] octets) throws IOException {
    return literal(octets, 0, octets.length);
  }

  public ResponseWriter literal(byte[] octets, int offset, int count) throws IOException {
    literalStart(count);
    if (count > FULL) {
      drain();
      lastDrained = octets[offset + count - 1];
      sink.accept(octets, offset, count);
      return this;
    }
    put(octets, offset, count);
    return this;
  }

  private void put(byte[] octets, int offset, int count) throws IOException {
    ensureRoom(count);
    System.arraycopy(octets, offset, buffer, length, count);
    length += count;
  }

  /** Part of a response that was written before. */
  public ResponseWriter octets(byte[] written) throws IOException {
    put(written, 0, written.length);
    return this;
  }

  private void literalStart(long count) throws IOException {
    raw('{').number(count).raw("}\r\n");
  }

  /**
   * A literal from a stream, without holding all of it.
   *
   * @throws EOFException when the stream is shorter; the response is then torn
   */
  public ResponseWriter literal(InputStream octets, long count) throws IOException {
    literalStart(count);
    long left = count;
    while (left > 0) {
      ensureRoom(1);
      int room = (int) Math.min(left, buffer.length - length);
      int read = octets.read(buffer, length, room);
      if (read < 0) {
        throw new EOFException(left + " octets of a literal are missing");
      }
      length += read;
      left -= read;
    }
    return this;
  }

  public ResponseWriter flags(Collection<String> flags) throws IOException {
    put('(');
    boolean first = true;
    for (var flag : flags) {
      if (!first) {
        put(' ');
      }
      first = false;
      raw(flag);
    }
    put(')');
    return this;
  }

  public ResponseWriter crlf() throws IOException {
    return raw("\r\n");
  }

  /** A whole untagged response. */
  public ResponseWriter untagged(String ascii) throws IOException {
    return raw("* ").raw(ascii).crlf();
  }
}
