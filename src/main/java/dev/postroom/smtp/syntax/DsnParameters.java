package dev.postroom.smtp.syntax;

import dev.postroom.mail.DsnNotify;
import dev.postroom.mail.DsnReturn;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The values of RET and ENVID in MAIL, of NOTIFY and ORCPT in RCPT (RFC 3461 §4). All are empty for
 * what has not their form.
 */
public final class DsnParameters {
  /** RFC 3461 §4.4: characters of ENVID, as it is written. */
  public static final int MAX_ENVELOPE_ID = 100;

  /** RFC 3461 §4.2: characters of ORCPT, as it is written. */
  public static final int MAX_ORIGINAL_RECIPIENT = 500;

  private static final String UTF8_TYPE = "utf-8";

  /** RFC 3461 §4.2 addr-type: an atom, that reports can print. */
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9!#$%&'*/?^_`{|}~.-]{1,40}");

  private DsnParameters() {}

  public static Optional<DsnReturn> returned(String value) {
    return switch (value.toUpperCase(Locale.ROOT)) {
      case "FULL" -> Optional.of(DsnReturn.FULL);
      case "HDRS" -> Optional.of(DsnReturn.HDRS);
      default -> Optional.empty();
    };
  }

  /** In the clear. */
  public static Optional<String> envelopeId(String value) {
    return value.isEmpty() || value.length() > MAX_ENVELOPE_ID
        ? Optional.empty()
        : Xtext.decode(value);
  }

  public static Optional<Set<DsnNotify>> notifyOn(String value) {
    var all = EnumSet.noneOf(DsnNotify.class);
    for (String word : value.toUpperCase(Locale.ROOT).split(",", -1)) {
      switch (word) {
        case "NEVER" -> all.add(DsnNotify.NEVER);
        case "SUCCESS" -> all.add(DsnNotify.SUCCESS);
        case "FAILURE" -> all.add(DsnNotify.FAILURE);
        case "DELAY" -> all.add(DsnNotify.DELAY);
        default -> {
          return Optional.empty();
        }
      }
    }
    // RFC 3461 §4.1: NEVER stands alone
    return all.contains(DsnNotify.NEVER) && all.size() > 1 ? Optional.empty() : Optional.of(all);
  }

  /** {@code type;address}, the address in the clear. */
  public static Optional<String> originalRecipient(String value) {
    int semicolon = value.indexOf(';');
    if (semicolon < 0 || value.codePointCount(0, value.length()) > MAX_ORIGINAL_RECIPIENT) {
      return Optional.empty();
    }
    String type = value.substring(0, semicolon);
    String address = value.substring(semicolon + 1);
    if (!TYPE.matcher(type).matches() || address.isEmpty()) {
      return Optional.empty();
    }
    var plain =
        type.equalsIgnoreCase(UTF8_TYPE) ? Utf8Address.decode(address) : Xtext.decode(address);
    return plain.map(text -> type + ";" + text);
  }
}
