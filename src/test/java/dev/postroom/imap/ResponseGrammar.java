package dev.postroom.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads ENVELOPE and BODYSTRUCTURE as strictly as RFC 3501 §9 writes them down, and fails on
 * anything else. Strings are octets as characters of the same number.
 */
final class ResponseGrammar {
  /**
   * A part as the response describes it.
   *
   * @param octets and {@code lines}: -1 where the grammar has none
   * @param envelope of a message within the message
   */
  record Part(
      String type,
      String subtype,
      String encoding,
      long octets,
      long lines,
      @Nullable List<Object> envelope,
      List<Part> parts) {
    boolean isMultipart() {
      return type.equals("multipart");
    }

    boolean isMessage() {
      return type.equals("message") && subtype.equals("rfc822");
    }
  }

  private final String text;
  private int at;

  private ResponseGrammar(byte[] octets) {
    text = new String(octets, StandardCharsets.ISO_8859_1);
  }

  static Part body(byte[] octets, boolean extended) {
    var grammar = new ResponseGrammar(octets);
    var part = grammar.body(extended);
    grammar.end();
    return part;
  }

  static List<Object> envelope(byte[] octets) {
    var grammar = new ResponseGrammar(octets);
    var envelope = grammar.envelope();
    grammar.end();
    return envelope;
  }

  private void end() {
    assertThat(at).as("nothing follows").isEqualTo(text.length());
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(String wanted) {
    assertThat(text.startsWith(wanted, at))
        .as("%s at %d of %s", wanted, at, start(text, at))
        .isTrue();
    at += wanted.length();
  }

  private static String start(String text, int at) {
    return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60));
  }

  private boolean skip(String wanted) {
    boolean there = text.startsWith(wanted, at);
    at += there ? wanted.length() : 0;
    return there;
  }

  private @Nullable String nstring() {
    return skip("NIL") ? null : string();
  }

  private String string() {
    return peek() == '{' ? literal() : quoted();
  }

  private String quoted() {
    expect("\"");
    var content = new StringBuilder();
    while (true) {
      char c = peek();
      at++;
      if (c == '"') {
        return content.toString();
      }
      if (c == '\\') {
        c = peek();
        at++;
        assertThat(c).as("quoted-specials").isIn('"', '\\');
      } else {
        assertThat(c >= 1 && c <= 0x7f && c != '\r' && c != '\n').as("TEXT-CHAR %d", +c).isTrue();
      }
      content.append(c);
    }
  }

  private String literal() {
    expect("{");
    int size = (int) number();
    expect("}\r\n");
    assertThat(text.length()).isGreaterThanOrEqualTo(at + size);
    var content = text.substring(at, at + size);
    assertThat(content).as("CHAR8").doesNotContain("\0");
    at += size;
    return content;
  }

  private long number() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    assertThat(at).as("a number at %s", start(text, at)).isGreaterThan(start);
    return Long.parseLong(text, start, at, 10);
  }

  private List<Object> envelope() {
    var fields = new ArrayList<Object>();
    expect("(");
    for (int i = 0; i < 10; i++) {
      if (i > 0) {
        expect(" ");
      }
      fields.add(String.valueOf(i >= 2 && i <= 7 ? addresses() : nstring()));
    }
    expect(")");
    return fields;
  }

  private List<List<String>> addresses() {
    var addresses = new ArrayList<List<String>>();
    if (skip("NIL")) {
      return addresses;
    }
    expect("(");
    boolean inGroup = false;
    do {
      expect("(");
      var address = new ArrayList<String>();
      for (int i = 0; i < 4; i++) {
        if (i > 0) {
          expect(" ");
        }
        address.add(nstring());
      }
      expect(")");
      if (address.getLast() == null) { // RFC 3501 §7.4.2: a group's start or end
        assertThat(address.get(2) == null).as("groups are not nested").isEqualTo(inGroup);
        inGroup = !inGroup;
      }
      addresses.add(address);
    } while (!skip(")"));
    assertThat(inGroup).as("every group ends").isFalse();
    return addresses;
  }

  private Part body(boolean extended) {
    expect("(");
    var part = peek() == '(' ? multipart(extended) : onePart(extended);
    expect(")");
    return part;
  }

  private Part multipart(boolean extended) {
    var parts = new ArrayList<Part>();
    while (peek() == '(') {
      parts.add(body(extended));
    }
    expect(" ");
    var subtype = string();
    if (extended) {
      expect(" ");
      parameters();
      dispositionLanguageLocation();
    }
    return new Part("multipart", subtype, "7bit", -1, -1, null, parts);
  }

  private Part onePart(boolean extended) {
    var type = string().toLowerCase(Locale.ROOT);
    expect(" ");
    var subtype = string().toLowerCase(Locale.ROOT);
    expect(" ");
    parameters();
    expect(" ");
    nstring();
    expect(" ");
    nstring();
    expect(" ");
    var encoding = string();
    expect(" ");
    long octets = number();
    long lines = -1;
    List<Object> envelope = null;
    var inner = List.<Part>of();
    if (type.equals("message") && subtype.equals("rfc822")) {
      expect(" ");
      envelope = envelope();
      expect(" ");
      inner = List.of(body(extended));
    }
    if (type.equals("text") || envelope != null) {
      expect(" ");
      lines = number();
    }
    if (extended) {
      expect(" ");
      nstring();
      dispositionLanguageLocation();
    }
    assertThat(type).isNotEqualTo("multipart");
    return new Part(type, subtype, encoding, octets, lines, envelope, inner);
  }

  private void parameters() {
    if (skip("NIL")) {
      return;
    }
    expect("(");
    do {
      string();
      expect(" ");
      string();
    } while (skip(" "));
    expect(")");
  }

  private void dispositionLanguageLocation() {
    expect(" ");
    if (!skip("NIL")) {
      expect("(");
      string();
      expect(" ");
      parameters();
      expect(")");
    }
    expect(" ");
    if (peek() == '(') {
      expect("(");
      do {
        string();
      } while (skip(" "));
      expect(")");
    } else {
      nstring();
    }
    expect(" ");
    nstring();
  }
}
