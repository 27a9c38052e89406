package dev.postroom.mail;

import com.ibm.icu.text.IDNA;
import java.util.Locale;

/**
 * A domain name in its ASCII form (A-labels, lower case, no final dot), or an address literal in
 * brackets (RFC 5321 §4.1.3). Two names are equal when DNS would say so.
 *
 * @param ascii at most 253 octets; use {@link #of} to make one from outside text
 */
public record DomainName(String ascii) {
  private static final int MAX_OCTETS = 253; // RFC 1035 §2.3.4: 255 octets on the wire
  private static final int IDNA_OPTIONS =
      IDNA.NONTRANSITIONAL_TO_ASCII
          | IDNA.NONTRANSITIONAL_TO_UNICODE
          | IDNA.USE_STD3_RULES
          | IDNA.CHECK_BIDI
          | IDNA.CHECK_CONTEXTJ;
  private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA_OPTIONS);

  /**
   * Reads a name as a person or a client writes it, internationalised or not (UTS #46).
   *
   * @throws InvalidAddressException when it is no domain name
   */
  public static DomainName of(String text) {
    if (text.startsWith("[") && text.endsWith("]") && text.length() > 2) {
      return new DomainName(text.toLowerCase(Locale.ROOT));
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (name.isEmpty()) {
      throw new InvalidAddressException("a domain name is missing");
    }
    var info = new IDNA.Info();
    var ascii = new StringBuilder();
    UTS46.nameToASCII(name, ascii, info);
    if (info.hasErrors() || ascii.length() > MAX_OCTETS) {
      throw new InvalidAddressException("'" + text + "' is not a domain name");
    }
    return new DomainName(ascii.toString());
  }

  /** The form for people: U-labels where the name has any. */
  public String unicode() {
    if (isAddressLiteral() || !ascii.contains("xn--")) {
      return ascii;
    }
    var unicode = new StringBuilder();
    UTS46.nameToUnicode(ascii, unicode, new IDNA.Info());
    return unicode.toString();
  }

  /** True for {@code [192.0.2.1]} and {@code [IPv6:...]} (RFC 5321 §4.1.3). */
  public boolean isAddressLiteral() {
    return ascii.startsWith("[");
  }

  @Override
  public String toString() {
    return ascii;
  }
}
