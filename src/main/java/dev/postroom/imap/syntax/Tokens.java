package dev.postroom.imap.syntax;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The octets of one command, literals in their place, taken from left to right (RFC 3501 §9).
 * {@link #string} and its like give octets as characters of the same number; {@link #utf8} decodes
 * them.
 */
final class Tokens {
  private static final String ATOM_SPECIALS = "(){ %*\"\\]";

  private final byte[] octets;
  private final TextForm form;
  private int at;

  Tokens(byte[] octets) {
    this(octets, TextForm.ASCII);
  }

  Tokens(byte[] octets, TextForm form) {
    this.octets = octets;
    this.form = form;
  }

  boolean atEnd() {
    return at == octets.length;
  }

  /** The next octet, or -1. */
  int peek() {
    return atEnd() ? -1 : octets[at] & 0xff;
  }

  boolean skip(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  /** Text in any case of letters, or nothing. */
  boolean skip(String upperCase) {
    int end = at + upperCase.length();
    if (end > octets.length) {
      return false;
    }
    var there = new String(octets, at, upperCase.length(), StandardCharsets.ISO_8859_1);
    boolean same = there.equalsIgnoreCase(upperCase);
    at = same ? end : at;
    return same;
  }

  /** Skips the two when they stand next, else nothing. */
  boolean skipBoth(char first, char second) {
    if (peek() != first || at + 1 == octets.length || octets[at + 1] != second) {
      return false;
    }
    at += 2;
    return true;
  }

  void expect(char c) throws ImapSyntaxException {
    if (!skip(c)) {
      throw new ImapSyntaxException("'" + c + "' expected" + here());
    }
  }

  void space() throws ImapSyntaxException {
    if (!skip(' ')) {
      throw new ImapSyntaxException(
          atEnd() ? "the command is not complete" : "a space expected" + here());
    }
  }

  /** What follows cannot be understood, and need not be. */
  void skipRest() {
    at = octets.length;
  }

  void end() throws ImapSyntaxException {
    while (skip(' ')) {
      // a trailing space harms nobody
    }
    if (!atEnd()) {
      throw new ImapSyntaxException("nothing more expected" + here());
    }
  }

  private String here() {
    return atEnd() ? " at the end" : " at octet " + (at + 1);
  }

  // Atoms and numbers

  /** RFC 3501 §9: any CHAR except atom-specials. */
  static boolean isAtomChar(int c) {
    return c > ' ' && c < 0x7f && ATOM_SPECIALS.indexOf(c) < 0;
  }

  private interface CharTest {
    boolean accepts(int c);
  }

  private String run(CharTest test, String what) throws ImapSyntaxException {
    int start = at;
    while (!atEnd() && test.accepts(peek())) {
      at++;
    }
    if (at == start) {
      throw new ImapSyntaxException(what + " expected" + here());
    }
    return new String(octets, start, at - start, StandardCharsets.ISO_8859_1);
  }

  String atom() throws ImapSyntaxException {
    return run(Tokens::isAtomChar, "an atom");
  }

  /** An atom in upper case: a keyword of the grammar. */
  String keyword() throws ImapSyntaxException {
    return atom().toUpperCase(Locale.ROOT);
  }

  /** RFC 3501 §9 tag: ASTRING-CHAR except {@code +}. */
  String tag() throws ImapSyntaxException {
    return run(c -> c != '+' && (isAtomChar(c) || c == ']'), "a tag");
  }

  /** RFC 4959 §3: base64, or {@code =} for an empty response. */
  String base64() throws ImapSyntaxException {
    return run(c -> isAtomChar(c) && c != '(', "base64");
  }

  /** Letters, digits, dots and what else section and item names are made of, in upper case. */
  String name() throws ImapSyntaxException {
    return run(c -> isAtomChar(c) && c != '[' && c != '<', "a name").toUpperCase(Locale.ROOT);
  }

  /** A pattern for LIST: an atom with wildcards (RFC 3501 §9 list-mailbox), or a string. */
  private String listPattern() throws ImapSyntaxException {
    return isString()
        ? string()
        : run(c -> isAtomChar(c) || c == '%' || c == '*' || c == ']', "a pattern");
  }

  long number() throws ImapSyntaxException {
    var digits = run(c -> c >= '0' && c <= '9', "a number");
    if (digits.length() > 10 || Long.parseLong(digits) > SequenceSet.MAX_NUMBER) {
      throw new ImapSyntaxException("a number is larger than 4294967295");
    }
    return Long.parseLong(digits);
  }

  long nonZeroNumber() throws ImapSyntaxException {
    long number = number();
    if (number == 0) {
      throw new ImapSyntaxException("0 is no message number");
    }
    return number;
  }

  /** RFC 7162 §7 mod-sequence-valzer: 63 bits. */
  long modSeq() throws ImapSyntaxException {
    var digits = run(c -> c >= '0' && c <= '9', "a number");
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLarge) {
      throw new ImapSyntaxException("a MODSEQ is larger than 9223372036854775807");
    }
  }

  // Strings

  boolean isString() {
    return peek() == '"' || peek() == '{';
  }

  String string() throws ImapSyntaxException {
    return switch (peek()) {
      case '"' -> quoted();
      case '{' -> literal();
      default -> throw new ImapSyntaxException("a string expected" + here());
    };
  }

  String astring() throws ImapSyntaxException {
    return isString() ? string() : run(c -> isAtomChar(c) || c == ']', "a string or atom");
  }

  /** A string, or NIL as empty text. */
  String stringOrNil() throws ImapSyntaxException {
    if (isString()) {
      return string();
    }
    if (!keyword().equals("NIL")) {
      throw new ImapSyntaxException("a string or NIL expected" + here());
    }
    return "";
  }

  private String quoted() throws ImapSyntaxException {
    at++;
    var text = new StringBuilder();
    while (!atEnd()) {
      int c = octets[at++] & 0xff;
      if (c == '"') {
        return text.toString();
      }
      if (c == '\\') {
        if (atEnd()) {
          break;
        }
        c = octets[at++] & 0xff;
      }
      if (c == 0 || c == '\r' || c == '\n') {
        throw new ImapSyntaxException("a quoted string holds no NUL, CR or LF");
      }
      text.append((char) c);
    }
    throw new ImapSyntaxException("a quoted string is not closed");
  }

  /** RFC 5464 §5 value: a string, a literal8 (RFC 3516 §6), or NIL. */
  Optional<byte[]> value() throws ImapSyntaxException {
    if (skip('~')) {
      return Optional.of(literalOctets().getBytes(StandardCharsets.ISO_8859_1));
    }
    if (isString()) {
      return Optional.of(string().getBytes(StandardCharsets.ISO_8859_1));
    }
    if (!keyword().equals("NIL")) {
      throw new ImapSyntaxException("a string or NIL expected" + here());
    }
    return Optional.empty();
  }

  private String literal() throws ImapSyntaxException {
    var text = literalOctets();
    // RFC 3501 §9: CHAR8 is any octet but NUL
    if (text.indexOf('\0') >= 0) {
      throw new ImapSyntaxException("a literal here holds no NUL");
    }
    return text;
  }

  private String literalOctets() throws ImapSyntaxException {
    expect('{');
    long size = literalSize();
    skip('+');
    expect('}');
    expect('\r');
    expect('\n');
    if (size > octets.length - at) {
      throw new ImapSyntaxException("a literal is not complete");
    }
    var text = new String(octets, at, (int) size, StandardCharsets.ISO_8859_1);
    at += (int) size;
    return text;
  }

  /** More than 32 bits, so that the refusal can say that it is too large. */
  private long literalSize() throws ImapSyntaxException {
    var digits = run(c -> c >= '0' && c <= '9', "a number");
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  /** What a string means as UTF-8. */
  static String utf8(String octetText) throws ImapSyntaxException {
    try {
      return decoded(octetText);
    } catch (CharacterCodingException notUtf8) {
      throw new ImapSyntaxException("a string is not UTF-8");
    }
  }

  private static String decoded(String octetText) throws CharacterCodingException {
    var raw = ByteBuffer.wrap(octetText.getBytes(StandardCharsets.ISO_8859_1));
    return StandardCharsets.UTF_8.newDecoder().decode(raw).toString();
  }

  static boolean isUtf8(String octetText) {
    try {
      return !decoded(octetText).isEmpty() || octetText.isEmpty();
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }

  /** The contrary of {@link #utf8}. */
  static String octetText(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** RFC 3501 §9 mailbox, decoded. */
  String folder() throws ImapSyntaxException {
    return form.decodeName(astring());
  }

  /** RFC 3501 §9 list-mailbox, decoded. */
  String folderPattern() throws ImapSyntaxException {
    return form.decodeName(listPattern());
  }

  // Literals that open at the very end: what follows has not been read

  /** When all that is left is the announcement of a literal, or a literal8 (RFC 3516 §7). */
  Optional<LiteralMark> openLiteral() throws ImapSyntaxException {
    int start = at;
    skip('~');
    if (skip('{')) {
      long size = literalSize();
      boolean waits = !skip('+');
      if (skip('}') && skip('\r') && skip('\n') && atEnd()) {
        return Optional.of(new LiteralMark(size, waits));
      }
    }
    at = start;
    return Optional.empty();
  }
}
