package dev.postroom.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * An IP network: its first {@code bits} bits, the others are zero.
 *
 * @param high the first 64 bits of an IPv6 address, 0 for IPv4
 * @param low the rest
 */
public record Network(boolean ipv6, long high, long low, int bits) {
  private static final Pattern LITERAL =
      Pattern.compile("\\d+(\\.\\d+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final int HALF = 64;

  /** Who is judged as one: an IPv4 address, or what one customer of a provider gets of IPv6. */
  static Network client(InetAddress address) {
    return of(address, address instanceof Inet6Address ? HALF : IPV4_BITS);
  }

  static Network of(InetAddress address, int bits) {
    var octets = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address
        ? new Network(true, mask(octets.getLong(), bits), mask(octets.getLong(), bits - HALF), bits)
        : new Network(
            false, 0, Integer.toUnsignedLong(octets.getInt()) & -1L << (IPV4_BITS - bits), bits);
  }

  private static long mask(long half, int bits) {
    return bits <= 0 ? 0 : bits >= HALF ? half : half & -1L << (HALF - bits);
  }

  /**
   * @param notation {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or a single address
   * @throws IllegalArgumentException when it cannot be read
   */
  public static Network parse(String notation) {
    var text = notation.strip();
    int slash = text.indexOf('/');
    var literal = slash < 0 ? text : text.substring(0, slash);
    if (!LITERAL.matcher(literal).matches()) {
      throw new IllegalArgumentException("not an IP address: " + literal);
    }
    var address = InetAddress.ofLiteral(literal);
    int most = address instanceof Inet6Address ? IPV6_BITS : IPV4_BITS;
    int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("a prefix of " + bits + " bits");
    }
    return of(address, bits);
  }

  @Override
  public String toString() {
    boolean single = bits == (ipv6 ? IPV6_BITS : IPV4_BITS);
    return single ? address() : address() + "/" + bits;
  }

  private String address() {
    try {
      var octets =
          ipv6
              ? ByteBuffer.allocate(IPV6_BITS / 8).putLong(high).putLong(low).array()
              : ByteBuffer.allocate(IPV4_BITS / 8).putInt((int) low).array();
      return InetAddress.getByAddress(octets).getHostAddress();
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
