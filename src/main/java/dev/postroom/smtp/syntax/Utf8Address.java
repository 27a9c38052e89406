package dev.postroom.smtp.syntax;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Addresses of the type {@code utf-8} in ORCPT and in reports (RFC 6533 §3): what ASCII does not
 * have stands as it is, or as {@code \x{C4}} where only ASCII may stand.
 */
public final class Utf8Address {
  /** QUCHAR: printable, but no space, backslash, plus or equals sign; or an embedded character. */
  private static final Pattern FORM =
      Pattern.compile("(?:[\\x21-*,-<>-\\[\\]-~]|[^\\x00-\\x9f]|\\\\x\\{[0-9A-F]{2,6}\\})+");

  private static final Pattern EMBEDDED = Pattern.compile("\\\\x\\{([0-9A-F]{2,6})\\}");
  private static final int HEX = 16;

  private Utf8Address() {}

  /** Empty when it has no such form, or stands for a control character. */
  public static Optional<String> decode(String encoded) {
    if (!FORM.matcher(encoded).matches()
        || EMBEDDED.matcher(encoded).results().anyMatch(found -> !isHexpoint(found.group(1)))) {
      return Optional.empty();
    }
    return Optional.of(EMBEDDED.matcher(encoded).replaceAll(Utf8Address::character));
  }

  private static String character(MatchResult embedded) {
    return java.util.regex.Matcher.quoteReplacement(
        Character.toString(Integer.parseInt(embedded.group(1), HEX)));
  }

  /**
   * HEXPOINT: no zeros in front, no surrogate, and no character that needs no embedding. Controls
   * are in the RFC's list, but in no address (RFC 6531 §3.3).
   */
  private static boolean isHexpoint(String digits) {
    int point = Integer.parseInt(digits, HEX);
    boolean isShortest = digits.length() == 2 || digits.charAt(0) != '0';
    return isShortest
        && Character.isValidCodePoint(point)
        && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
        && (point > 0x9f || (point < 0x80 && needsEmbedding(point) && point >= ' '));
  }

  private static boolean needsEmbedding(int point) {
    return point <= ' ' || point > '~' || point == '\\' || point == '+' || point == '=';
  }

  /** The form that needs nothing but ASCII. */
  public static String encode(String address) {
    var encoded = new StringBuilder(address.length() + 16);
    address
        .codePoints()
        .forEach(
            point -> {
              if (needsEmbedding(point)) {
                encoded.append("\\x{%02X}".formatted(point));
              } else {
                encoded.appendCodePoint(point);
              }
            });
    return encoded.toString();
  }
}
