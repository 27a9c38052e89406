package dev.postroom.smtp.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form of parameter values that may hold any printable ASCII, spaces and equals signs included
 * (RFC 3461 §4): {@code a+2Bb} is a+b.
 */
public final class Xtext {
  private static final Pattern FORM = Pattern.compile("(?:[\\x21-*,-<>-~]|\\+[0-9A-F]{2})*");
  private static final int HEX = 16;

  private Xtext() {}

  /**
   * Empty when it has no such form, or what it stands for is not printable ASCII: neither an
   * envelope id nor an address may hold anything else (RFC 3461 §4.2, §4.4).
   */
  public static Optional<String> decode(String xtext) {
    if (!FORM.matcher(xtext).matches()) {
      return Optional.empty();
    }
    var plain = new StringBuilder(xtext.length());
    for (int i = 0; i < xtext.length(); i++) {
      char c = xtext.charAt(i);
      if (c == '+') {
        c = (char) Integer.parseInt(xtext.substring(i + 1, i + 3), HEX);
        i += 2;
      }
      plain.append(c);
    }
    return plain.chars().allMatch(c -> c >= ' ' && c <= '~')
        ? Optional.of(plain.toString())
        : Optional.empty();
  }

  /** Octets that are no printable ASCII are written as the hexadecimal pairs of their UTF-8. */
  public static String encode(String plain) {
    var xtext = new StringBuilder(plain.length() + 16);
    for (byte octet : plain.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet <= '~' && octet != '+' && octet != '=') {
        xtext.append((char) octet);
      } else {
        xtext.append("+%02X".formatted(octet & 0xff));
      }
    }
    return xtext.toString();
  }
}
