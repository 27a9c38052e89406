package dev.postroom.directory;

import dev.postroom.mail.DomainName;
import dev.postroom.mail.InvalidAddressException;
import dev.postroom.mail.MailAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks what people type, and brings it into the form that is kept. */
final class Inputs {
  static final int MAX_NAME = 200;
  static final int MAX_PLAN_NAME = 100;
  static final int MAX_REASON = 500;
  static final int MAX_LOCAL_PART = 64; // RFC 5321 §4.5.3.1.1
  static final int MAX_LOGIN = 64;
  static final long MAX_QUOTA_OCTETS = 1L << 50;

  /** No {@code @}: whoever signs in with an address is a mailbox's user. */
  private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._-]*");

  /**
   * A Dot-string (RFC 5321 §4.1.2) without the marks that have a meaning elsewhere: {@code %} and
   * {@code !} (routes), {@code /} (paths). With {@code +} it goes before what would be a detail.
   */
  private static final Pattern LOCAL_PART =
      Pattern.compile("[a-z0-9_'&=~+-]+(\\.[a-z0-9_'&=~+-]+)*");

  private static final Pattern ALL_DIGITS_AT_THE_END = Pattern.compile("\\.[0-9]+$");

  private Inputs() {}

  /** One line of text for people, which may be empty. */
  static String line(String field, String text, int maxLength) {
    var line = text.strip();
    if (line.length() > maxLength) {
      throw Problems.invalid(field, "At most " + maxLength + " characters, please.");
    }
    if (line.chars().anyMatch(Character::isISOControl)) {
      throw Problems.invalid(field, "Control characters and line breaks are not allowed.");
    }
    if (line.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      // half a character: JSON can say it, UTF-8 cannot
      throw Problems.invalid(field, "A character is not complete.");
    }
    return line;
  }

  static String name(String field, String text, int maxLength) {
    var name = line(field, text, maxLength);
    if (name.isEmpty()) {
      throw Problems.invalid(field, "Please give a name.");
    }
    return name;
  }

  static String login(String text) {
    var login = text.strip().toLowerCase(Locale.ROOT);
    if (login.length() > MAX_LOGIN || !LOGIN.matcher(login).matches()) {
      throw Problems.invalid(
          "login",
          "A login is 1 to "
              + MAX_LOGIN
              + " letters, digits, dots, hyphens and underscores, and begins with a letter or"
              + " digit.");
    }
    return login;
  }

  static DomainName domain(DomainName name) {
    if (name.isAddressLiteral()) {
      throw Problems.invalid("name", "An address in brackets is not a domain.");
    }
    if (name.ascii().indexOf('.') <= 0) {
      throw Problems.invalid("name", "A domain has a dot in it, such as example.org.");
    }
    if (ALL_DIGITS_AT_THE_END.matcher(name.ascii()).find()) {
      // RFC 3696 §2: no top-level domain is all digits
      throw Problems.invalid("name", "A domain does not end in a number, as IP addresses do.");
    }
    return name;
  }

  static String localPart(String text) {
    var localPart = text.strip().toLowerCase(Locale.ROOT);
    if (localPart.length() > MAX_LOCAL_PART) {
      throw Problems.invalid(
          "localPart", "The part before @ has at most " + MAX_LOCAL_PART + " characters.");
    }
    if (!LOCAL_PART.matcher(localPart).matches()) {
      throw Problems.invalid(
          "localPart",
          "The part before @ is made of letters, digits and . _ - + ' & = ~, with no dot at an end"
              + " and no two in a row.");
    }
    return localPart;
  }

  /** The name of a field among others of its kind: {@code mailbox} + {@code Quota}. */
  static String field(String prefix, String name) {
    return prefix.isEmpty()
        ? name
        : prefix + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  static long quota(long octets) {
    if (octets < 1 || octets > MAX_QUOTA_OCTETS) {
      throw Problems.invalid("quotaOctets", "The quota is between one octet and one pebibyte.");
    }
    return octets;
  }

  /** Where mail may be sent on to: something that plain SMTP can carry. */
  static MailAddress target(String field, MailAddress address) {
    if (address.domain().isAddressLiteral()) {
      throw Problems.invalid(field, "'" + address + "' has no domain name.");
    }
    if (address.localPart().chars().anyMatch(c -> c > 126)) {
      throw Problems.invalid(
          field, "'" + address + "' has letters before @ that cannot be sent to yet.");
    }
    return parsedAgain(field, address);
  }

  private static MailAddress parsedAgain(String field, MailAddress address) {
    try {
      return MailAddress.parse(address.toString());
    } catch (InvalidAddressException invalid) {
      throw Problems.invalid(field, "'" + address + "' is not a mail address.");
    }
  }
}
