package dev.postroom.smtp;

import dev.postroom.smtp.syntax.SmtpReply;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What extensions let a client say in MAIL: SIZE (RFC 1870), BODY (RFC 6152), AUTH (RFC 4954). */
final class MailParameters {
  private static final Set<String> BODIES = Set.of("7BIT", "8BITMIME");
  private static final int MAX_SIZE_DIGITS = 18; // RFC 1870 §6.1 allows 20: more than a long holds

  private MailParameters() {}

  /** Why the message cannot begin, null when it can. */
  static @Nullable SmtpReply objection(
      Map<String, String> parameters, long maxSize, boolean authIsOffered) {
    for (var parameter : parameters.entrySet()) {
      var objection =
          switch (parameter.getKey()) {
            case "SIZE" -> size(parameter.getValue(), maxSize);
            case "BODY" -> body(parameter.getValue());
            // RFC 4954 §5: understood where AUTH is offered, and nobody is believed
            case "AUTH" -> authIsOffered ? null : unknown("AUTH");
            default -> unknown(parameter.getKey());
          };
      if (objection != null) {
        return objection;
      }
    }
    return null;
  }

  private static @Nullable SmtpReply size(String value, long maxSize) {
    if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return SmtpReply.of(501, "5.5.4", "SIZE is a number of octets");
    }
    boolean fits = value.length() <= MAX_SIZE_DIGITS && Long.parseLong(value) <= maxSize;
    return fits ? null : tooLarge(maxSize);
  }

  static SmtpReply tooLarge(long maxSize) {
    return SmtpReply.of(552, "5.3.4", "a message has at most " + maxSize + " octets here");
  }

  private static @Nullable SmtpReply body(String value) {
    return BODIES.contains(value.toUpperCase(Locale.ROOT))
        ? null
        : SmtpReply.of(501, "5.5.4", "BODY is 7BIT or 8BITMIME");
  }

  private static SmtpReply unknown(String keyword) {
    return SmtpReply.of(555, "5.5.4", "no parameter " + keyword + " is known here");
  }

  /** The announced size, 0 when there is none. Only for parameters without objection. */
  static long size(Map<String, String> parameters) {
    return Long.parseLong(parameters.getOrDefault("SIZE", "0"));
  }
}
