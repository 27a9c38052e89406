package dev.postroom.mail;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A mailbox address (RFC 5321 §4.1.2), its local part unquoted and as its author wrote it.
 *
 * @param localPart without quotes
 */
public record MailAddress(String localPart, DomainName domain) {
  /**
   * RFC 5321 §4.5.3.1.1 says 64, §4.5.3.1 to take longer ones where that can be: return addresses
   * made by SRS, BATV and mailing lists are longer. They still fit into a path (§4.5.3.1.3).
   */
  private static final int MAX_LOCAL_OCTETS = 250;

  private static final String ATEXT_MARKS = "!#$%&'*+-/=?^_`{|}~";

  /**
   * Reads {@code local@domain}; a quoted local part is unquoted.
   *
   * @throws InvalidAddressException when it is no address
   */
  public static MailAddress parse(String text) {
    int at = text.lastIndexOf('@');
    if (at <= 0 || at == text.length() - 1) {
      throw new InvalidAddressException("'" + text + "' is not a mail address");
    }
    return new MailAddress(
        localPart(text.substring(0, at), text), DomainName.of(text.substring(at + 1)));
  }

  private static String localPart(String written, String whole) {
    String local = written.startsWith("\"") ? unquote(written, whole) : written;
    boolean quoted = written.startsWith("\"");
    if (local.getBytes(StandardCharsets.UTF_8).length > MAX_LOCAL_OCTETS) {
      throw new InvalidAddressException(
          "the part before @ is longer than " + MAX_LOCAL_OCTETS + " octets");
    }
    if (!quoted && !isDotString(local)) {
      throw new InvalidAddressException("'" + whole + "' is not a mail address");
    }
    return local;
  }

  private static String unquote(String written, String whole) {
    if (written.length() < 2 || !written.endsWith("\"")) {
      throw new InvalidAddressException("'" + whole + "' has an unclosed quote");
    }
    var plain = new StringBuilder();
    for (int i = 1; i < written.length() - 1; i++) {
      char c = written.charAt(i);
      if (c == '\\') {
        i++;
        if (i == written.length() - 1) {
          throw new InvalidAddressException("'" + whole + "' has an unclosed quote");
        }
        c = written.charAt(i);
      } else if (c == '"') {
        throw new InvalidAddressException("'" + whole + "' has a stray quote");
      }
      if (c < ' ' || c == 0x7f) {
        throw new InvalidAddressException("a mail address has no control characters");
      }
      plain.append(c);
    }
    return plain.toString();
  }

  /** RFC 5321 §4.1.2 Dot-string, with UTF-8 as RFC 6531 §3.3 adds it. */
  private static boolean isDotString(String local) {
    if (local.isEmpty() || local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
      return false;
    }
    return local.chars().allMatch(c -> c == '.' || isAtext(c));
  }

  private static boolean isAtext(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c > 0x9f
        || ATEXT_MARKS.indexOf(c) >= 0;
  }

  /** What two spellings of the same mailbox have in common here: local parts ignore case. */
  public MailAddress canonical() {
    return new MailAddress(localPart.toLowerCase(Locale.ROOT), domain);
  }

  public boolean sameMailboxAs(MailAddress other) {
    return canonical().equals(other.canonical());
  }

  /** The form for SMTP: quoted where RFC 5321 wants it. */
  @Override
  public String toString() {
    if (isDotString(localPart)) {
      return localPart + "@" + domain;
    }
    return "\"" + localPart.replace("\\", "\\\\").replace("\"", "\\\"") + "\"@" + domain;
  }
}
