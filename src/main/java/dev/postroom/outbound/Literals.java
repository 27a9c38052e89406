package dev.postroom.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Internet addresses as they stand in mail addresses and settings; names are never looked up. */
final class Literals {
  private static final String IPV6 = "ipv6:";
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");

  private Literals() {}

  /** Reads {@code [192.0.2.1]}, {@code [IPv6:2001:db8::1]} (RFC 5321 §4.1.3) or a bare address. */
  static Optional<InetAddress> address(String text) {
    var bare = text.toLowerCase(Locale.ROOT);
    if (bare.startsWith("[") && bare.endsWith("]")) {
      bare = bare.substring(1, bare.length() - 1);
    }
    if (bare.startsWith(IPV6)) {
      bare = bare.substring(IPV6.length());
    }
    if (!V4.matcher(bare).matches() && !V6.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(bare));
    } catch (UnknownHostException malformed) {
      return Optional.empty();
    }
  }
}
