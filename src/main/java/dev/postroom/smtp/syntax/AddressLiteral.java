package dev.postroom.smtp.syntax;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The form of address literals (RFC 5321 §4.1.3), without asking any resolver. */
final class AddressLiteral {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-f]{1,4}");
  private static final String IPV6_TAG = "[ipv6:";
  private static final int GROUPS = 8;

  private AddressLiteral() {}

  /**
   * @param literal with its brackets
   */
  static boolean isValid(String literal) {
    String lower = literal.toLowerCase(Locale.ROOT);
    if (lower.startsWith(IPV6_TAG)) {
      return isIpv6(lower.substring(IPV6_TAG.length(), lower.length() - 1));
    }
    return isIpv4(lower.substring(1, lower.length() - 1));
  }

  private static boolean isIpv4(String text) {
    return IPV4.matcher(text).matches()
        && Arrays.stream(text.split("\\.")).mapToInt(Integer::parseInt).allMatch(n -> n <= 255);
  }

  private static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == GROUPS;
    }
    int before = groups(text.substring(0, gap), false);
    int after = groups(text.substring(gap + 2), true);
    return before >= 0 && after >= 0 && before + after < GROUPS;
  }

  /** How many 16-bit groups these are, an IPv4 tail counting for two; -1 when malformed. */
  private static int groups(String text, boolean mayEndInIpv4) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      if (GROUP.matcher(parts[i]).matches()) {
        count++;
      } else if (mayEndInIpv4 && i == parts.length - 1 && isIpv4(parts[i])) {
        count += 2;
      } else {
        return -1;
      }
    }
    return count;
  }
}
